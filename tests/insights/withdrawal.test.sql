-- What is taken back is in no figure in the same transaction, with all who were counted beside it; and comes back with
-- a release, never before, and only where nobody can be made out by that.

begin;
set local search_path = tap, tests, public;
select plan(42);

-- What somebody reads of this month: how many people, how many works, and whether something is left out.
create function tests.figures(slug text)
returns text
language sql
stable
set search_path = ''
as $$
    select format('%s %s%s', i.unique_storytellers, i.total_stories, case when i.withheld then ', less' end)
    from insights.community_insights(tests.scope(slug), tests.this_month(), tests.this_month()) i
$$;

-- The group that counts somebody.
create function tests.group_of(name text)
returns uuid
language sql
stable
set search_path = ''
as $$
    select c.group_id from insights.contributions c where c.person_id = tests.person(name) and c.home
$$;

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), 'insights', true);
select core.set_setting(tests.scope('heron'), 'insights.smallest_group', '3');
select tests.tell('heron', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6');
select tests.release('river');
select results_eq(
    $$select tests.groups('heron')$$, $$values ('note: 3 by 3'), ('note: 3 by 3')$$,
    'six make two groups where three are enough'
);
create function tests.beside(name text)
returns text[]
language sql
stable
set search_path = ''
as $$
    select array_agg(p.display_name order by p.display_name)
    from insights.contributions c
    join core.people p on p.id = c.person_id
    where c.group_id = tests.group_of(name) and p.id <> tests.person(name)
$$;
create temporary table first_group on commit drop as
select tests.group_of('a1') as id, tests.beside('a1') as beside;
grant select on first_group to public;
select is(cardinality((select g.beside from first_group g)), 2, 'beside the first stand two');

select tests.as_service();
select is(tests.figures('heron'), '5 5', 'six is five, to the nearest five');
select tests.as('a1');
select consent.withdraw_consent(tests.work('a1 of heron'), 'insight');
select tests.as_service();
select is(tests.figures('heron'), '5 5, less', 'with one who takes back, two others are left out: three are left');
select is(
    (
        select format('%s%s', i.contributors, case when i.withheld then ', less' end)
        from insights.project_statistics(tests.scope('archive'), tests.this_month(), tests.this_month()) i
    ),
    '5, less', 'so in the project'
);
select is(
    (
        select format('%s%s', i.unique_storytellers, case when i.withheld then ', less' end)
        from insights.platform_insights(tests.this_month(), tests.this_month()) i
    ),
    '5, less', 'and on the platform'
);
select results_eq(
    $$select s.contributors_a_month, s.withheld from insights.contributor_statistics(tests.scope('heron')) s$$,
    $$values (5::bigint, true)$$, 'and among those who tell'
);
select tests.as_nobody();
select results_eq($$select tests.groups('heron')$$, $$values ('note: 3 by 3')$$, 'a whole group is withheld');
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

-- Nothing brings it back but a release.
select tests.as('a1');
select consent.give_consent(tests.work('a1 of heron'), 'insight');
select tests.as_service();
select is(tests.figures('heron'), '5 5, less', 'who consents again is not counted before the next release');
select tests.as_nobody();
select tests.release('river', 1);
select is(
    (select array_agg(g.withheld_at) from insights.groups g where g.board = 'told'),
    array[null, null]::timestamptz[], 'then the group is whole again, and back'
);
select is(tests.group_of('a1'), (select g.id from first_group g), 'the very same');
select tests.as_service();
select is(tests.figures('heron'), '5 5', 'nothing is left out');

-- One alone never comes out.
select tests.as('a1');
select consent.withdraw_consent(tests.work('a1 of heron'), 'insight');
select tests.as_nobody();
select tests.release('river', 2);
select results_eq(
    $$select tests.groups('heron')$$, $$values ('note: 3 by 3')$$,
    'the two who are left do not come back: with what was published, that would be the one who went'
);
select is(
    (select sum(c.people) from insights.cells c where c.scope_id = tests.scope('heron') and c.board = 'told'),
    3::numeric, 'the place has three from then on'
);
select tests.as_service();
select is(tests.figures('heron'), '5 5', 'and as of then, nothing is left out');
select tests.as_nobody();
select tests.tell('heron', 'a7', 'a8');
select tests.release('river', 3);
select results_eq(
    $$select tests.groups('heron')$$, $$values ('note: 3 by 3')$$, 'nor do they come back beside two who are new'
);
select tests.tell('heron', 'a9');
select tests.release('river', 4);
select results_eq(
    $$select tests.groups('heron')$$, $$values ('note: 3 by 3'), ('note: 3 by 3')$$,
    'who are three make a group of their own'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

-- Who asks for more people.
select tests.tell('otter', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6');
select tests.release('river', 5);
select results_eq(
    $$select tests.groups('otter')$$, $$values ('note: 6 by 6')$$, 'six are one group, where five are asked for'
);
select tests.as('otis');
select core.set_setting(tests.scope('otter'), 'insights.smallest_group', '6');
select tests.as_nobody();
select tests.release('river', 6);
select results_eq($$select tests.groups('otter')$$, $$values ('note: 6 by 6')$$, 'six are six');
select tests.as('otis');
select core.set_setting(tests.scope('otter'), 'insights.smallest_group', '7');
select tests.as_nobody();
select tests.release('river', 7);
select is_empty($$select tests.groups('otter')$$, 'where seven are asked for, six are withheld');
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');
select tests.as('otis');
select core.set_setting(tests.scope('otter'), 'insights.smallest_group', '3');
select tests.as_nobody();
select tests.release('river', 8);
select results_eq(
    $$select tests.groups('otter')$$, $$values ('note: 6 by 6')$$,
    'asked for three, they are back as they were: two groups of three would tell more'
);
select tests.as('otis');
select core.set_module(tests.scope('otter'), 'insights', false);
select tests.as_nobody();
select tests.release('river', 9);
select is_empty($$select tests.groups('otter')$$, 'a place that wants no figures any more is in none');
select tests.as('otis');
select core.set_module(tests.scope('otter'), 'insights', true);
select tests.as_nobody();
select tests.release('river', 10);
select results_eq($$select tests.groups('otter')$$, $$values ('note: 6 by 6')$$, 'until it wants them again');

-- Consent that ends by itself, and what is not published any more.
select tests.as('b1');
select consent.give_consent(tests.work('b1 of otter'), 'insight', until => clock_timestamp() + interval '0.2 seconds');
select tests.as_service();
select is(tests.figures('otter'), '5 5', 'what holds for a moment is counted for that');
select tests.as_nobody();
select is(
    (select count(*) from insights.groups g where g.ends_at is not null), 1::bigint, 'when it ends, its group knows'
);
select pg_sleep(0.25);
select tests.release('river', 11);
select is_empty($$select tests.groups('otter')$$, 'what ended by itself is withheld with the next release');
select tests.as('b1');
select consent.give_consent(tests.work('b1 of otter'), 'insight');
select tests.as_nobody();
select tests.release('river', 12);
select results_eq($$select tests.groups('otter')$$, $$values ('note: 6 by 6')$$, 'given again, all are back');
select is(
    (select count(*) from insights.groups g where g.ends_at is not null), 0::bigint, 'and nothing ends by itself'
);
select tests.as('b2');
select content.transition(tests.work('b2 of otter'), 'withdrawn');
select tests.as_nobody();
select is_empty($$select tests.groups('otter')$$, 'a work that is taken back takes its group along');
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

-- Who is forgotten.
select tests.tell('delta', 'd1', 'd2', 'd3', 'd4', 'd5', 'd6');
select tests.release('river', 13);
select results_eq($$select tests.groups('delta')$$, $$values ('note: 6 by 6')$$, 'six told elsewhere');
select core.erase_person(tests.person('d1')) from (select tests.as('d1')) d1;
select tests.as_nobody();
select is_empty($$select tests.groups('delta')$$, 'who is forgotten is in no figure');
select tests.release('river', 14);
select is_empty($$select tests.groups('delta')$$, 'and never again');
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

-- Who turns out to be somebody else.
select tests.tell('archive', 'e1', 'e2', 'e3', 'e4', 'e5', 'e6');
select tests.release('river', 15);
select results_eq($$select tests.groups('archive')$$, $$values ('note: 6 by 6')$$, 'six told in the project');
select tests.as_service();
select core.merge_people(tests.person('e2'), tests.person('e1'));
select tests.as_nobody();
select is_empty($$select tests.groups('archive')$$, 'two of them are one: six are not six');
select tests.release('river', 16);
select results_eq(
    $$select tests.groups('archive')$$, $$values ('note: 6 by 5')$$, 'five are enough, and counted as five'
);
select tests.as_service();
select core.merge_people(tests.person('e3'), tests.person('e1'));
select tests.as_nobody();
select tests.release('river', 17);
select is_empty($$select tests.groups('archive')$$, 'four are not');
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

select * from finish();
rollback;
