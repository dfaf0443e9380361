-- Figures: released once a month, of whole groups of people, from the place upwards; read by whom they are for, to the
-- nearest five, with how fresh they are.

begin;
set local search_path = tap, tests, public;
select plan(41);

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), 'insights', true);

select tests.tell('heron', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9', 'a10', 'a11');
select tests.tell('otter', 'b1', 'b2', 'b3');
select tests.tell('archive', 'c1', 'c2');
select tests.tell('delta', 'd1', 'd2', 'd3', 'd4');

-- Before the month is over.
select results_eq(
    $$select count(*), count(c.group_id) from insights.contributions c$$, $$values (20::bigint, 0::bigint)$$,
    'what may be counted is known as soon as it is consented to, and waits'
);
select tests.as('a1');
select results_eq(
    $$select i.* from insights.community_insights(tests.scope('heron'), until => tests.this_month()) i limit 1$$,
    $$
    select
        (tests.this_month() - interval '11 months')::date, null::text, null::bigint, null::bigint, null::numeric,
        null::bigint, null::bigint, null::bigint, false, null::timestamptz
    $$,
    'until it is released, a month has no figures, and says so'
);
select tests.as_service();
select is(insights.release(), 1, 'a server releases the months that are over');
select is(insights.release(), 0, 'once');
select tests.refused(
    format('select insights.release(%L)', tests.this_month()), 'month_not_over', 'and none that is not'
);
select tests.refused($$select insights.release('2026-02-02')$$, 'month_not_over', 'nor what is no month');

select tests.as_nobody();
select tests.release('river');
select results_eq(
    $$select tests.groups('heron')$$, $$values ('note: 5 by 5'), ('note: 6 by 6')$$,
    'eleven make two groups, of five at least'
);
select is_empty($$select tests.groups('otter')$$, 'three make none in their place');
select results_eq(
    $$select tests.groups('archive')$$, $$values ('note: 5 by 5')$$,
    'with the two who told in the project itself, they make one there'
);
select is_empty($$select tests.groups('delta')$$, 'four make none');
select is_empty($$select tests.groups('river')$$, 'nor in the organization, where nobody else is left');
select results_eq(
    $$select count(*) from insights.contributions c where c.group_id is null$$, $$values (4::bigint)$$, 'they wait'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

-- What is read of it.
select tests.as('a1');
select results_eq(
    format(
        $$
        select i.month, i.kind, i.unique_storytellers, i.total_stories, i.avg_engagement, i.withheld,
            i.released_at is not null
        from insights.community_insights(tests.scope('heron'), %1$L, %1$L) i
        $$, tests.this_month()
    ),
    format($$values (%L::date, 'note', 10::bigint, 10::bigint, 0.0, false, true)$$, tests.this_month()),
    'who belongs to a place reads its figures, to the nearest five'
);
select is_empty(
    format(
        $$select from insights.theme_trends(tests.scope('heron'), %1$L, %1$L) i where i.theme is not null$$,
        tests.this_month()
    ),
    'without an analysis there is no theme'
);
select tests.refused(
    $$select insights.community_insights(tests.scope('otter'))$$, 'not_found', 'not those of another place'
);
select tests.refused(
    $$select insights.community_insights(tests.scope('archive'))$$, 'not_found', 'a project is no place'
);
select tests.refused($$select insights.community_insights(null)$$, 'not_found', 'nor is nothing');
select tests.refused(
    $$select insights.community_impact(null)$$, 'not_found', 'nor has the platform books'
);
select tests.refused(
    $$select insights.project_statistics(tests.scope('heron'))$$, 'not_found', 'a place is no project'
);
select results_eq(
    format(
        $$select i.contributors, i.works from insights.project_statistics(tests.scope('archive'), %1$L, %1$L) i$$,
        tests.this_month()
    ),
    $$values (15::bigint, 15::bigint)$$,
    'who belongs to a project reads that its groups are sixteen, to the nearest five'
);
select results_eq(
    $$
    select s.kind, s.since, s.until, s.contributors_a_month, s.works_each, s.avg_engagement, s.views_each, s.withheld
    from insights.contributor_statistics(tests.scope('river')) s
    $$,
    format(
        $$values ('note', %1$L::date, %1$L::date, 15::bigint, 1.0, 0.0, 0.0, false)$$, tests.this_month()
    ),
    'and how much each of them tells'
);
select tests.refused(
    $$select insights.project_statistics(tests.scope('hill'))$$, 'not_found', 'of another organization, nothing'
);
select tests.refused(
    format('select insights.community_insights(%L, %L, %L)', tests.scope('heron'), '2026-03-01', '2026-02-01'),
    'no_such_months', 'the first month comes before the last'
);
select tests.refused(
    format('select insights.community_insights(%L, %L, %L)', tests.scope('heron'), '2010-03-01', '2026-02-01'),
    'no_such_months', 'a century is too much'
);
select tests.as('ada');
select lives_ok(
    $$select insights.community_insights(tests.scope('otter'))$$,
    'who was given to read figures, reads those of places below as well'
);
select tests.as('max');
select tests.refused(
    $$select insights.community_insights(tests.scope('otter'))$$, 'not_found', 'a member of the organization does not'
);
select lives_ok($$select insights.project_statistics(tests.scope('river'))$$, 'but reads those of the organization');
select tests.as_anon();
select results_eq(
    format(
        $$
        select i.kind, i.unique_storytellers, i.total_stories, i.avg_engagement, i.withheld, i.released_at is not null
        from insights.platform_insights(%1$L, %1$L) i
        $$, tests.this_month()
    ),
    $$values ('note', 15::bigint, 15::bigint, 0.0, false, true)$$, 'everybody reads those of the platform'
);
select throws_ok(
    $$select insights.community_insights(tests.scope('heron'))$$, '42501', null, 'and of it alone'
);
select tests.refused(
    $$select insights.contributor_statistics(tests.scope('heron'))$$, 'not_found', 'whatever is asked'
);
select tests.as('a1');
select throws_ok('select from insights.groups', '42501', null, 'nobody reads groups');
select throws_ok('select from insights.community_insights', '42501', null, 'nor figures as they are');
select tests.as('hana');
select core.impose_sanction(tests.scope('heron'), tests.person('a2'), 'access', 'For a while.');
select tests.as('a2');
select tests.refused(
    $$select insights.community_insights(tests.scope('heron'))$$, 'not_found',
    'who is kept from a place reads nothing of it'
);

-- Whoever comes later.
select tests.tell('otter', 'b4', 'b5', 'b6', 'b7', 'b8', 'a1');
select tests.release('river', 1);
select results_eq(
    $$select tests.groups('otter')$$, $$values ('note: 6 by 5')$$,
    'those who tell later are a group of their own; who is counted already comes along'
);
select is(
    (select array_agg(r.month order by r.month) from insights.releases r),
    array[
        (tests.this_month() - interval '1 month')::date, tests.this_month(),
        (tests.this_month() + interval '1 month')::date
    ],
    'each release is on record'
);
select is_empty($$select insights.verify_figures()$$, 'and a recount finds the same');

-- Where it is off.
select tests.as('olive');
select core.set_module(tests.scope('delta'), 'insights', false);
select tests.as_nobody();
select tests.tell('delta', 'd5', 'd6');
select tests.release('river', 2);
select is_empty($$select tests.groups('delta')$$, 'a place that wants no figures has none');
select is_empty($$select tests.groups('river')$$, 'nor is it in those of others');
select tests.as('dara');
select tests.refused(
    $$select insights.community_insights(tests.scope('delta'))$$, 'not_found', 'and there are none to ask for'
);
select tests.as_nobody();
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

select * from finish();
rollback;
