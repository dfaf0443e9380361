-- Whether whoever asks acts for the platform itself: a server, or somebody who holds the permission in the
-- organization that runs it. Identity papers are not for the organizations people happen to belong to.

create or replace function core.platform_can(permission text)
returns boolean
language sql
stable
security definer -- reads the platform's own settings; a policy asks this
set search_path = pg_catalog, pg_temp
as $$
    select core._is_service()
        or exists (
            select
            from core.platform_config c
            where c.key = 'platform.organization'
                and core.can(platform_can.permission, (c.value #>> '{}')::uuid)
        )
$$;

comment on function core.platform_can(text) is
    E'Whether I hold a permission for the platform itself, in the organization that runs it.\n'
    'permission: The key of a permission, such as work.review.';

revoke execute on function core.platform_can(text) from public;
grant execute on function core.platform_can(text) to authenticated, service_role;
