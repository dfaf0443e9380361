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
    select s.id
    from core.scopes s
    where (
            s.tenant_id = any ((select core.granted(permission, 0))::uuid[])
            or s.project_id = any ((select core.granted(permission, 1))::uuid[])
            or s.id = any ((select core.granted(permission, 2))::uuid[])
        )
        and s.id not in (select core.barred());
end
$$;

comment on function core.scopes_with(text) is 'The scopes in which I hold a permission.';

revoke execute on function core.scopes_with(text) from public;
grant execute on function core.scopes_with(text) to authenticated, service_role;
