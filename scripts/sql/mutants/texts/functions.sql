-- The bodies of the functions of the schemas $1, with the statement around them.
with functions as (
    select n.nspname as module, p.proname as object,
        pg_catalog.pg_get_function_identity_arguments(p.oid) as part,
        pg_catalog.pg_get_functiondef(p.oid) as definition, p.prosrc as text
    from pg_catalog.pg_proc p
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    join pg_catalog.pg_language l on l.oid = p.prolang
    where n.nspname = any ($1::text[]) and l.lanname in ('sql', 'plpgsql')
)
select module, object, part,
    pg_catalog.left(definition, pg_catalog.strpos(definition, text) - 1) as before,
    text,
    pg_catalog.substr(definition, pg_catalog.strpos(definition, text) + pg_catalog.length(text)) as after
from functions
order by module, object, part
