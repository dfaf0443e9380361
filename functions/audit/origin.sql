-- What a log calls itself in its checkpoints: where it is, which it is.

create or replace function audit.origin(tenant_id uuid)
returns text
language sql
stable
strict
security definer -- the platform's settings are not for everybody to read
set search_path = pg_catalog, pg_temp
as $$
    select format('%s/%s', c.value #>> '{}', origin.tenant_id) from core.platform_config c where c.key = 'audit.origin'
$$;

comment on function audit.origin(uuid) is
    E'What a log calls itself in its checkpoints.\n'
    'tenant_id: Whose log: an organization, or the platform.';

revoke execute on function audit.origin(uuid) from public;
grant execute on function audit.origin(uuid) to authenticated, service_role, empathy_auditor;
