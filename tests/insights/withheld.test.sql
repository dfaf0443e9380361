-- What is withheld since a release is taken from the figures that it is in, and from no others: not from those of
-- another place, month, kind or theme, nor from what is of another sort under the same name.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(7);

create function tests.month(months integer)
returns date
language sql
stable
set search_path = ''
as $$
    select (tests.this_month() + months * interval '1 month')::date
$$;

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), 'insights', true);
select tests.as_nobody();
insert into insights.releases (tenant_id, month) values (tests.scope('river'), tests.this_month());
set local session_replication_role = replica;
insert into insights.cells (
    tenant_id, scope_id, level, board, kind, month, topic, people, items, comments, reactions, views, amount, spread
)
select
    tests.scope('river'), tests.scope('heron'), 2, c.board::insights.board, c.kind, tests.month(c.months), c.topic,
    c.people, c.items, c.items, 0, c.items, c.amount, 0
from (
    values
        ('told', 'note', 0, '', 50, 60, 0), ('told', 'note', 0, 'ice', 20, 30, 0), ('told', 'note', -1, '', 50, 60, 0),
        ('told', 'story', 0, '', 50, 60, 0), ('told', 'song', -1, '', 0, 0, 0), ('told', 'song', -1, 'ice', 0, 0, 0),
        ('earned', 'CAD', 0, '', 50, 50, 1000), ('earned', 'CAD', -1, '', 50, 50, 2000),
        ('earned', 'EUR', -1, '', 0, 0, 0), ('shared', 'CAD', 0, '', 50, 50, 500),
        ('given', 'note', 0, '', 40, 45, 0), ('given', 'note', -1, '', 30, 30, 0), ('given', 'song', -1, '', 0, 0, 0)
) c (board, kind, months, topic, people, items, amount);
insert into insights.groups (
    tenant_id, release, board, kind, month, scope_id, level, project_id, places, topic, smallest, people, items, amount,
    booked, withheld_at, ends_at
)
select
    tests.scope('river'), tests.this_month(), g.board::insights.board, g.kind, tests.this_month(), s.id, 2,
    s.project_id, array[s.id], g.topic, 5, g.people, g.items, g.amount, true,
    case when not g.over then now() end, case when g.over then now() - interval '1 second' end
from (
    values
        ('told', 'note', 'heron', '', 5, 10, 0, false), ('told', 'story', 'heron', '', 6, 15, 0, true),
        ('given', 'note', 'heron', '', 15, 15, 0, false), ('earned', 'CAD', 'heron', '', 5, 5, 100, false),
        ('shared', 'CAD', 'heron', '', 5, 5, 70, false), ('told', 'note', 'otter', 'ice', 5, 5, 0, false),
        ('earned', 'CAD', 'otter', '', 5, 5, 300, false)
) g (board, kind, slug, topic, people, items, amount, over)
join core.scopes s on s.id = tests.scope(g.slug);
set local session_replication_role = origin;
select insights._refresh();

select results_eq(
    $$
    select t.month, t.kind, t.people, t.items, t.withheld
    from insights._told(tests.scope('heron'), tests.month(-1), tests.month(0)) t
    order by t.month, t.kind
    $$,
    $$
    values
        (tests.month(-1), 'note', 50::bigint, 60::bigint, false), (tests.month(0), 'note', 65, 80, true),
        (tests.month(0), 'story', 44, 45, true)
    $$,
    'what was told is without what is withheld of it, or ended by itself'
);
select tests.as_service();
select results_eq(
    $$
    select i.month, i.asset, i.value_generated, i.value_distributed, i.withheld
    from insights.community_impact(tests.scope('heron'), tests.month(-1), tests.month(0)) i
    $$,
    $$
    values
        (tests.month(-1), 'CAD', 2000::bigint, null::bigint, false), (tests.month(0), 'CAD', 900, 500, true)
    $$,
    'so is what came in; what was shared is as it was'
);
select results_eq(
    $$
    select t.month, t.theme, t.storytellers, t.stories, t.withheld
    from insights.theme_trends(tests.scope('heron'), tests.month(-1), tests.month(0)) t
    $$,
    $$
    values (tests.month(-1), null, null::bigint, null::bigint, false), (tests.month(0), 'ice', 20, 30, false)
    $$,
    'a theme is as it was where nothing of it is withheld'
);
select results_eq(
    $$
    select t.month, t.purpose, t.given
    from insights.consent_health(tests.scope('heron'), tests.month(-1), tests.month(0)) t
    $$,
    $$values (tests.month(-1), 'note', 30::bigint), (tests.month(0), 'note', 45)$$,
    'decisions are told of month by month, as they were'
);
select results_eq(
    $$
    select s.kind, s.contributors_a_month, s.works_each, s.withheld
    from insights.contributor_statistics(tests.scope('heron')) s
    $$,
    $$values ('note', 60::bigint, 1.2, true), ('story', 45, 1.0, true)$$,
    'over all months, what is withheld is left out as well'
);
select results_eq(
    $$
    select c.kind, c.views
    from insights.community_insights(tests.scope('heron'), tests.month(0), tests.month(0)) c
    $$,
    $$values ('note', 90::bigint), ('story', 60)$$, 'so with what readers did'
);
select is_empty(
    $$
    select from insights.community_insights(tests.scope('heron'), tests.month(0), tests.month(0)) c
    where c.comments is distinct from c.views
    $$,
    'of all that they did'
);

select * from finish();
rollback;
