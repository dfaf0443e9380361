-- Those whom I can see, in the form that the policy on people compares with: whoever I act for, and whoever has a
-- membership that I can see. A subquery on memberships, under their own policies, would read that table whole; this
-- costs as much as my own circle is large. The oracle holds the two to each other.

create or replace function core.known_people()
returns uuid[]
language plpgsql -- its plan is kept from one statement to the next
stable
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select coalesce(array_agg(known.person_id), '{}')
        from (
            select p.person_id
            from core.my_people() as p (person_id)
            union all
            select fellow.person_id
            from unnest(core.granted('member.read', 2)) as here (scope_id)
            cross join lateral (
                select m.person_id
                from core.memberships m
                where m.scope_id = here.scope_id and m.status = 'active' and m.valid_during @> now()
                -- Scope by scope, through the index: a plan is kept, and the next who asks may belong to fewer.
                offset 0
            ) fellow
            where here.scope_id not in (select core.barred())
            union all
            select managed.person_id
            from core.scopes_with('member.manage') as here (scope_id)
            cross join lateral (
                select m.person_id from core.memberships m where m.scope_id = here.scope_id offset 0
            ) managed
        ) known
    );
end
$$;

comment on function core.known_people() is 'Those whom I can see: fellows, those I manage, those I act for.';

revoke execute on function core.known_people() from public;
grant execute on function core.known_people() to authenticated, service_role;
