-- Whether I may do something in a scope.

create or replace function core.can(permission text, scope_id uuid)
returns boolean
language sql
stable
strict
security definer -- answers for scopes the person cannot see, too: with no
set search_path = pg_catalog, pg_temp
as $$
    select core._could(core.me(), can.permission, can.scope_id)
$$;

comment on function core.can(text, uuid) is
    E'Whether I hold a permission in a scope, or above it where it reaches down.\n'
    'permission: The key of a permission, such as work.review.';

revoke execute on function core.can(text, uuid) from public;
grant execute on function core.can(text, uuid) to anon, authenticated, service_role;
