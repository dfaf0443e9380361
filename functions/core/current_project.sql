-- The project that this request is for, as the host name or core.switch_project() said.

create or replace function core.current_project()
returns uuid
language sql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select nullif(current_setting('app.current_project_id', true), '')::uuid
$$;

comment on function core.current_project() is 'The project that this request is for, or null.';

revoke execute on function core.current_project() from public;
grant execute on function core.current_project() to anon, authenticated, service_role;
