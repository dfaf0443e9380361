-- The scopes a person is kept from: banned there or above, or under a sanction of this capability or of access itself.

create or replace function core._barred(capability text, person_id uuid)
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
strict
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    with bars as (
        select m.tenant_id, m.scope_id
        from core.memberships m
        where m.person_id = _barred.person_id and m.status = 'banned'
        union
        select s.tenant_id, s.scope_id
        from core.sanctions s
        where s.person_id = _barred.person_id
            and s.lifted_at is null
            and s.during @> now()
            and s.capability in ('access', _barred.capability)
    )
    select b.scope_id from bars b
    union
    select s.id
    from bars b
    join core.scopes s
        on s.tenant_id = b.tenant_id and (s.project_id = b.scope_id or s.tenant_id = b.scope_id);
end
$$;

comment on function core._barred(text, uuid) is 'The scopes a person is kept from, for a capability.';

revoke execute on function core._barred(text, uuid) from public;
