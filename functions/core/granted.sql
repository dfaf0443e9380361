-- Where a permission counts, in the form that policies compare with: the ids to find in tenant_id (level 0),
-- in project_id (1) and in scope_id (2). Levels 0 and 1 give only what reaches below where it is held.

create or replace function core.granted(permission text, level integer)
returns uuid[]
language plpgsql -- its plan is kept from one statement to the next
stable
strict
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select coalesce(array_agg(h.scope_id), '{}')
        from core._held(permission, core.me()) h
        where granted.level = 2
            or (
                h.level = granted.level
                and (select p.inherits from core.permissions p where p.key = granted.permission)
            )
    );
end
$$;

comment on function core.granted(text, integer) is
    'Where I hold a permission: ids to compare with tenant_id (0), project_id (1) or scope_id (2).';

revoke execute on function core.granted(text, integer) from public;
grant execute on function core.granted(text, integer) to anon, authenticated, service_role;
