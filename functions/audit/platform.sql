-- The reserved tenant whose log holds what belongs to no organization.

create or replace function audit.platform()
returns uuid
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select '00000000-0000-0000-0000-000000000000'::uuid
$$;

comment on function audit.platform() is 'The reserved tenant whose log holds what belongs to no organization.';

revoke execute on function audit.platform() from public;
grant execute on function audit.platform() to authenticated, service_role, empathy_auditor;
