-- Who is shown to look after a community is who does so now, there; and who speaks for it decides about what asks for
-- that, and about nothing else.

begin;
set local search_path = tap, tests, public;
select plan(7);

-- The stewards that somebody sees in a place.
create function tests.stewards(name text, slug text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    people uuid[];
begin
    perform tests.as(name);
    people := array(select s.person_id from consent.stewards s where s.scope_id = tests.scope(slug));
    perform tests.as_nobody();
    return array(select lower(p.display_name) from core.people p where p.id = any (people) order by 1);
end
$$;

select tests.world();
select is(tests.stewards('hana', 'heron'), '{hana,sol}'::text[], 'a community has its stewards');
select tests.as_nobody();
update core.membership_roles r
set revoked_at = now(), revoked_by = tests.person('hana')
where r.membership_id = tests.membership('sol', 'heron');
select is(tests.stewards('hana', 'heron'), '{hana}'::text[], 'not those whose role was taken');
update core.membership_roles r
set revoked_at = null, revoked_by = null
where r.membership_id = tests.membership('sol', 'heron');
update core.memberships m
set valid_during = tstzrange(now() + interval '1 day', null)
where m.id = tests.membership('sol', 'heron');
select is(tests.stewards('hana', 'heron'), '{hana}'::text[], 'nor those who are to come');
insert into core.role_permissions (tenant_id, role_id, permission)
select r.tenant_id, r.id, 'protocol.admit' from core.roles r where r.key = 'admin';
select is(tests.stewards('ada', 'river'), '{}'::text[], 'nor does an organization have any');
update core.memberships m
set valid_during = tstzrange(now() - interval '1 day', null)
where m.id = tests.membership('sol', 'heron');

select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}') from unnest('{Ice,Fire}'::text[]) title;
select consent.add_community(tests.work('Ice'), tests.scope('heron'));
select tests.as('sol');
select set_eq(
    'select consent.mine_to_decide()', array[tests.work('Ice')], 'who speaks for a community decides about what asks it'
);
select tests.as('eli');
select is_empty('select consent.mine_to_decide()', 'and who does not decides nothing');
select tests.as('cleo');
select set_eq(
    'select consent.mine_to_decide()', array[tests.work('Ice'), tests.work('Fire')], 'whose they are decides about all'
);

select * from finish();
rollback;
