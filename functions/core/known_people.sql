-- Those whom I can see: whoever I act for, and whoever has a membership that I can see. For the policy on people alone:
-- as a subquery on memberships, under their own policies, it would read that table whole; here it costs as much as
-- my own circle is large. The oracle holds the two to each other.

create or replace function core.known_people()
returns setof uuid
language sql
stable
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
    select core.my_people()
    union all
    select m.person_id
    from unnest(core.granted('member.read', 2)) as here (scope_id)
    join core.memberships m
        on m.scope_id = here.scope_id and m.status = 'active' and m.valid_during @> now()
    where here.scope_id not in (select core.barred())
    union all
    select m.person_id
    from core.scopes_with('member.manage') as here (scope_id)
    join core.memberships m on m.scope_id = here.scope_id
$$;

comment on function core.known_people() is 'Those whom I can see: fellows, those I manage, those I act for.';

revoke execute on function core.known_people() from public;
grant execute on function core.known_people() to authenticated, service_role;
