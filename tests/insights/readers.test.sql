-- What readers did stands beside the works of a group, and beside no others, once: not once more with what these
-- brought in.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(4);

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), 'insights', true);
select core.set_setting(tests.scope('river'), 'insights.smallest_group', '3');
select tests.tell('heron', 'a1', 'a2', 'a3');
select tests.tell('otter', 'b1', 'b2', 'b3');
select tests.as('a1');
select content.create_note(tests.scope('heron'), 'For nobody to count', '{}', visibility => 'community');
select content.transition(tests.work('For nobody to count'), 'published');
select tests.as_nobody();
set local session_replication_role = replica;
insert into content.work_count_steps (tenant_id, work_id, comments, reactions, views)
select tests.scope('river'), tests.work(s.title), s.comments, s.reactions, s.views
from (
    values
        ('a1 of heron', 2, 5, 100), ('a1 of heron', 1, -1, 10), ('a2 of heron', 1, 0, 1), ('a3 of heron', 0, -1, 0),
        ('b1 of otter', 50, 60, 700), ('For nobody to count', 1000, 1000, 1000)
) s (title, comments, reactions, views);
set local session_replication_role = origin;
insert into value.assets (tenant_id, code, kind, scale, name)
values (tests.scope('river'), 'CAD', 'currency', 2, 'Dollar');
insert into value.value_events (tenant_id, scope_id, work_id, kind, asset, amount)
select w.tenant_id, w.scope_id, w.id, 'licence', 'CAD', 100
from content.works w
where w.scope_id = tests.scope('heron');
select tests.release('river');
select results_eq(
    $$
    select c.board, c.comments, c.reactions, c.views, c.amount
    from insights.cells c
    where c.scope_id = tests.scope('heron') and c.board in ('told', 'earned')
    order by c.board
    $$,
    $$values ('told'::insights.board, 4::bigint, 4::bigint, 111::bigint, 0::bigint), ('earned', 0, 0, 0, 300)$$,
    'a place has what readers did with the works that count'
);
select tests.as('a1');
select results_eq(
    $$
    select i.avg_engagement, i.comments, i.reactions, i.views
    from insights.community_insights(tests.scope('heron'), tests.this_month(), tests.this_month()) i
    $$,
    $$values (5.3, 4::bigint, 4::bigint, 110::bigint)$$, 'and tells of it in two figures'
);
select results_eq(
    $$
    select i.value_generated
    from insights.community_impact(tests.scope('heron'), tests.this_month(), tests.this_month()) i
    $$,
    $$values (300::bigint)$$, 'as of what they brought in'
);
select tests.as_nobody();
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

select * from finish();
rollback;
