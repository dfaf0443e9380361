-- The role of somebody who simply belongs: member of an organization or project, community member of a place.

create or replace function core._default_role(scope_id uuid)
returns text
language sql
stable
security definer -- reads scopes the person may not see yet
set search_path = pg_catalog, pg_temp
as $$
    select case when s.level = 2 then 'community_member' else 'member' end
    from core.scopes s
    where s.id = _default_role.scope_id
$$;

comment on function core._default_role(uuid) is 'The role of somebody who simply belongs.';

revoke execute on function core._default_role(uuid) from public;
