-- The role of whoever runs a project or a place.

create or replace function core._manager_role(level smallint)
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select case when level = 1 then 'project_manager' else 'place_manager' end
$$;

comment on function core._manager_role(smallint) is 'The role of whoever runs a project or a place.';

revoke execute on function core._manager_role(smallint) from public;
