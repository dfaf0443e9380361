-- A release leaves alone what did not change, what nobody consents to at that moment, and another organization's
-- people; and makes nothing anew of what may not be told of.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(13);

-- How often rows of groups were written.
create function tests.writes()
returns bigint
language sql
stable
set search_path = ''
as $$
    select count(*) from audit.changes c where c.table_name = 'insights.groups'
$$;

create function tests.withheld_since(slug text)
returns setof text
language sql
stable
set search_path = ''
as $$
    select format('%s %s: %s', g.board, g.people, to_char(g.withheld_at at time zone 'UTC', 'YYYY-MM-DD'))
    from insights.groups g
    where g.scope_id = tests.scope(slug) and g.board in ('told', 'earned')
    order by g.board, g.people
$$;

select tests.world();
select tests.as('hugo');
select core.create_place(tests.scope('hill'), 'community', 'mound', 'Mound People');
select core.set_module(tests.scope('hill'), 'insights', true);
select core.set_setting(tests.scope('hill'), 'insights.smallest_group', '3');
select tests.as('olive');
select core.set_module(tests.scope('river'), 'insights', true);
select core.set_setting(tests.scope('river'), 'insights.smallest_group', '3');
select tests.tell('heron', 'a1', 'a2', 'a3', 'a4');
select tests.tell('delta', 'd1', 'd2');
select tests.tell('mound', 'h1', 'h2');

-- What was consented to for a time that is over, or has not come, is not told of.
select tests.tell('otter', 'b1', 'b2', 'b3', 'b4', 'b5');
select tests.as_nobody();
set local session_replication_role = replica;
update insights.contributions c
set during = case c.work_id
    when tests.work('b1 of otter') then tstzmultirange(tstzrange(now() - interval '1 hour', now()))
    else tstzmultirange(tstzrange(now() + interval '1 hour', null))
end
where c.work_id in (tests.work('b1 of otter'), tests.work('b2 of otter'), tests.work('b3 of otter'));
set local session_replication_role = origin;
insert into value.assets (tenant_id, code, kind, scale, name)
values (tests.scope('river'), 'CAD', 'currency', 2, 'Dollar');
insert into value.value_events (tenant_id, scope_id, work_id, kind, asset, amount)
select w.tenant_id, w.scope_id, w.id, 'licence', 'CAD', 100
from content.works w
where w.scope_id = tests.scope('heron');

select tests.release('river');
select results_eq(
    $$select tests.withheld_since('heron')$$, $$values ('told 4: '), ('earned 4: ')$$, 'four are told of in Heron'
);
select is_empty($$select tests.groups('otter')$$, 'two of five consent at this moment: too few');
select results_eq(
    $$select tests.groups('river')$$, $$values ('note: 4 by 4')$$,
    'they are enough with two others of their organization'
);
select tests.release('hill');
select is_empty($$select tests.groups('hill')$$, 'two of another go with nobody');

-- Two and two are four, and not in two organizations.
select tests.tell('delta', 'd3', 'd4');
select tests.release('river', 1);
select tests.release('hill', 1);
select is_empty(
    $$select from insights.groups g where g.scope_id = tests.scope('hill')$$, 'whoever waits in two organizations'
);
select results_eq($$select tests.groups('river')$$, $$values ('note: 4 by 4')$$, 'waits in each');
select is_empty(
    $$
    select from insights.groups g
    join insights.contributions c on c.group_id = g.id
    where c.tenant_id <> g.tenant_id
    $$,
    'nobody is grouped with people of another organization'
);

-- What did not change is not written.
create temporary table before on commit drop as select tests.writes() as n;
select tests.release('river', 2);
select is(tests.writes(), (select b.n from before b), 'a release without anything new writes no group');
select tests.as('a1');
select consent.withdraw_consent(tests.work('a1 of heron'), 'insight');
select tests.as_nobody();
set local session_replication_role = replica;
update insights.groups g
set withheld_at = '2026-01-02', ends_at = '2026-01-03', booked = true
where g.scope_id = tests.scope('heron') and g.board = 'told';
set local session_replication_role = origin;
select tests.release('river', 3);
select is(
    (
        select to_char(g.withheld_at at time zone 'UTC', 'YYYY-MM-DD')
        from insights.groups g
        where g.scope_id = tests.scope('heron') and g.board = 'told'
    ),
    '2026-01-02', 'what was withheld is so since then, also if it would have ended'
);

-- Two of them turn out to be one: of what that brought in nothing is told anew, as one may have had most of it.
select tests.as('a1');
select consent.give_consent(tests.work('a1 of heron'), 'insight');
select tests.as_nobody();
select tests.release('river', 4);
select is(
    (select count(*) from insights.groups g where g.scope_id = tests.scope('heron') and g.withheld_at is null),
    3::bigint, 'told of are works, what they brought in, and consents'
);
select tests.as('olive');
select core.set_module(tests.scope('heron'), 'insights', false);
select tests.as_nobody();
select core.merge_people(tests.person('a1'), tests.person('a2'));
select tests.release('river', 5);
select is_empty(
    $$select from insights.groups g where g.replaces is not null$$,
    'where no figures are wanted, none are made of who is left'
);
select tests.as('olive');
select core.set_module(tests.scope('heron'), 'insights', true);
select tests.as_nobody();
select tests.release('river', 6);
select results_eq(
    $$select g.board, g.people, g.items from insights.groups g where g.replaces is not null$$,
    $$values ('told'::insights.board, 3, 4::bigint)$$, 'then works are told of as of one less, and nothing else is'
);
select is(
    (
        select count(*)
        from insights.groups g
        where g.scope_id = tests.scope('heron') and g.board = 'earned' and g.withheld_at is not null
    ),
    1::bigint, 'what they brought in is withheld for good'
);

select * from finish();
rollback;
