-- The live memberships of a person: active, valid now, not barred. What an API key narrows is not looked at here.

create or replace function core._live_memberships(person_id uuid)
returns table (tenant_id uuid, membership_id uuid, scope_id uuid, level smallint, project_id uuid)
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies on memberships ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select m.tenant_id, m.id, m.scope_id, m.level, m.project_id
    from core.memberships m
    where m.person_id = _live_memberships.person_id
        and m.status = 'active'
        and m.valid_during @> now()
        and m.scope_id not in (select core._barred('access', _live_memberships.person_id));
end
$$;

comment on function core._live_memberships(uuid) is 'The live memberships of a person.';

revoke execute on function core._live_memberships(uuid) from public;
