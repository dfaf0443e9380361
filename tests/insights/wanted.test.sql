-- Released is for whoever wants figures, or has some that it does not want any more: nobody else.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(7);

create function tests.release_months_ago(months integer)
returns integer
language sql
set search_path = ''
as $$
    select insights.release((tests.this_month() - release_months_ago.months * interval '1 month')::date)
$$;

select tests.world();
select tests.as('hugo');
select core.set_module(tests.scope('hill'), 'stories', true);
select core.set_module(tests.scope('hill'), 'insights', false);
select tests.as('olive');
select core.set_module(tests.scope('river'), 'insights', true);
select tests.tell('heron', 'a1', 'a2', 'a3', 'a4', 'a5');
select tests.as_nobody();
-- It was four months ago.
set local session_replication_role = replica;
update content.work_transitions t set moved_at = t.moved_at - interval '4 months';
delete from insights.contributions;
set local session_replication_role = origin;
select insights._follow(w.tenant_id, array_agg(w.id)) from content.works w group by w.tenant_id;

select tests.as_service();
select is(tests.release_months_ago(4), 1, 'released is where figures are wanted');
select is(tests.release_months_ago(3), 1, 'also where there are some already; and not where another has some');
select tests.as_nobody();
select is(
    (select array_agg(distinct r.tenant_id) from insights.releases r), array[tests.scope('river')],
    'nobody else was released'
);
select is(
    (select p.people from insights.platform_insights p), 5::bigint, 'five are told of'
);
select tests.as('olive');
select core.set_module(tests.scope('river'), 'insights', false);
select tests.as_service();
select is(tests.release_months_ago(2), 1, 'who wants none any more has theirs taken away');
select tests.as_nobody();
select is_empty($$select from insights.platform_insights$$, 'nobody is told of');
select tests.as_service();
select is(tests.release_months_ago(1), 0, 'and is not looked at again');

select * from finish();
rollback;
