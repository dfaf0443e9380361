-- The day on which somebody last did something in a place: their own, there, and written once a day.

begin;
set local search_path = tap, tests, public;
select plan(6);

select tests.world();
select tests.join('cleo', 'otter', 'community_member');
select tests.join('sue', 'heron', 'community_member');
update core.memberships set status = 'suspended' where id = tests.membership('sue', 'heron');
update core.memberships set last_active_on = current_date - 1;

create function tests.active_on(name text, slug text)
returns date
language sql
stable
security definer
set search_path = ''
as $$
    select m.last_active_on from core.memberships m where m.id = tests.membership(name, slug)
$$;

select tests.as('sue');
select core.record_activity(tests.scope('heron'));
select tests.as('cleo');
select core.record_activity(tests.scope('heron'));
select is(tests.active_on('cleo', 'heron'), current_date, 'who does something in a place was active there today');
select is(tests.active_on('cleo', 'otter'), current_date - 1, 'and not in another');
select is(tests.active_on('eli', 'heron'), current_date - 1, 'nor was anybody else');
select is(tests.active_on('sue', 'heron'), current_date - 1, 'of whoever is suspended nothing is recorded');

select tests.as_nobody();
create temporary table once on commit drop as
select m.ctid as place from core.memberships m where m.id = tests.membership('cleo', 'heron');
select tests.as('cleo');
select lives_ok($$select core.record_activity(tests.scope('heron'))$$, 'it can be said again the same day');
select tests.as_nobody();
select results_eq(
    $$select m.ctid from core.memberships m where m.id = tests.membership('cleo', 'heron')$$,
    'select place from once', 'and nothing is written for it'
);

select * from finish();
rollback;
