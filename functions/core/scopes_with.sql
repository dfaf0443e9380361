-- The scopes in which I hold a permission, those below included where it reaches down. For policies on tables that
-- know only their scope_id.

create or replace function core.scopes_with(permission text)
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
strict
rows 20 -- what a person usually manages
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select distinct s.id
    from core._held(permission, core.me()) h
    join core.scopes s
        on s.id = h.scope_id
        or (
            h.scope_id in (s.project_id, s.tenant_id)
            and (select p.inherits from core.permissions p where p.key = scopes_with.permission)
        )
    where s.id not in (select core.barred());
end
$$;

comment on function core.scopes_with(text) is 'The scopes in which I hold a permission.';

revoke execute on function core.scopes_with(text) from public;
grant execute on function core.scopes_with(text) to authenticated, service_role;
