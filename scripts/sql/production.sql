-- Whether this installation says that it is in production.
select exists (
    select from core.platform_config c where c.key = 'environment' and c.value = '"production"'
) as production;
