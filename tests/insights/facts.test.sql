-- What people decided and what they got: told of where enough did, and as it was.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(18);

-- Counting leaves it for later where a vacuum holds the place where ballots wait: while this goes on, none begins.
lock table content.waiting_ballots in share update exclusive mode;

-- What is read of what came in and was shared in Heron: how much came in, was shared, among how many, how unequally.
create function tests.impact(slug text default 'heron')
returns setof text
language sql
stable
set search_path = ''
as $$
    select format(
        '%s: %s, %s among %s, %s%s', i.asset, i.value_generated, i.value_distributed, i.recipients, i.inequality,
        case when i.withheld then ', less' end
    )
    from insights.community_impact(tests.scope(slug), tests.this_month(), tests.this_month()) i
$$;

-- What is read of decisions: how many for which purpose were given, refused, taken back.
create function tests.health(slug text)
returns setof text
language sql
stable
set search_path = ''
as $$
    select format('%s: %s %s %s', h.purpose, h.given, h.refused, h.withdrawn)
    from insights.consent_health(tests.scope(slug), tests.this_month(), tests.this_month()) h
$$;

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), 'insights', true);
select tests.tell('heron', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6');
select tests.tell('otter', 'b1', 'b2');
select consent.refuse_consent(tests.work(name || ' of heron'), 'commercial_use')
from unnest('{a1,a2,a3,a4}'::text[]) name, lateral (select tests.as(name)) teller;
select consent.refuse_consent(tests.work(name || ' of heron'), 'research')
from unnest('{a1,a2,a3,a4,a5}'::text[]) name, lateral (select tests.as(name)) teller;
select tests.as('a1');
select consent.withdraw_consent(tests.work('a1 of heron'), 'research');
select tests.as_nobody();

-- What works brought in: 100 each in one asset; most of it to one in another; nothing in a third.
insert into value.assets (tenant_id, code, kind, scale, name)
select tests.scope('river'), code, 'currency', 2, code from unnest('{CAD,EUR,USD}'::text[]) code;
insert into value.value_events (tenant_id, scope_id, work_id, kind, asset, amount)
select w.tenant_id, w.scope_id, w.id, 'licence', v.asset, v.amount
from content.works w
cross join lateral (
    values ('CAD', 1017), ('CAD', 1000), ('EUR', case w.title when 'a2 of heron' then 600 else 100 end)
) v (asset, amount)
where w.scope_id = tests.scope('heron') and w.kind = 'note';
insert into value.value_events (tenant_id, scope_id, work_id, kind, asset, amount, occurred_on)
select w.tenant_id, w.scope_id, w.id, 'licence', 'USD', 100, tests.this_month() - 1
from content.works w
where w.scope_id = tests.scope('heron') and w.title <> 'a1 of heron';

-- What was shared: a distribution that was carried out, as if a council had decided on it.
create function tests.share_out(kind text, asset text, variadic amounts integer[])
returns void
language plpgsql
set search_path = ''
as $$
declare
    event_id uuid;
    made uuid;
begin
    set local session_replication_role = replica;
    insert into value.value_events (tenant_id, scope_id, kind, asset, amount)
    select tests.scope('river'), tests.scope('heron'), share_out.kind, share_out.asset, sum(a)
    from unnest(amounts) a
    returning id into event_id;
    insert into value.transfers (tenant_id, kind, idempotency_key, request_hash)
    values (tests.scope('river'), 'share', share_out.kind, sha256(share_out.kind::bytea))
    returning id into made;
    insert into value.distributions (
        tenant_id, id, event_id, scope_id, asset, amount, model, rules, decision_id, proposed_by, transfer_id
    )
    select
        tests.scope('river'), event_id, event_id, tests.scope('heron'), share_out.asset, sum(a), 'custom', '{}',
        gen_random_uuid(), tests.person('hana'), made
    from unnest(amounts) a;
    insert into value.recipients (tenant_id, distribution_id, person_id, weight, amount)
    select tests.scope('river'), event_id, tests.person('a' || a.n), greatest(a.amount, 1), a.amount
    from unnest(amounts) with ordinality a (amount, n);
    set local session_replication_role = origin;
end
$$;
select tests.share_out('even', 'CAD', 100, 100, 100, 100, 100, 100);
select tests.share_out('uneven', 'EUR', 10, 20, 30, 40, 50);
select tests.share_out('lopsided', 'USD', 1, 1, 1, 1, 1000);
select tests.release('river');

-- Decisions.
select results_eq($$select tests.groups('heron', 'given')$$, $$values ('insight: 6 by 6')$$, 'six consented there');
select results_eq(
    $$select tests.groups('heron', 'refused')$$, $$values ('research: 5 by 5')$$,
    'five refused research; four, that their works be sold: too few'
);
select is_empty($$select tests.groups('heron', 'withdrawn')$$, 'nobody is told of alone');
select is_empty($$select tests.groups('archive', 'given')$$, 'two in the other place are too few in the project, too');
select tests.as('a1');
select results_eq(
    $$select tests.health('heron')$$, $$values ('insight: 5  '), ('research:  5 ')$$, 'so it is read where it happened'
);
select results_eq(
    $$select tests.health('archive')$$, $$values ('insight: 5  '), ('research:  5 ')$$, 'and in the project'
);
select results_eq(
    $$
    select h.purpose, h.given, h.released_at is not null
    from insights.consent_health(until => tests.this_month(), since => tests.this_month()) h
    $$,
    $$values ('insight', 5::bigint, true), ('research', null, true)$$, 'and by everybody, of the platform'
);
select tests.refused($$select tests.health('otter')$$, 'not_found', 'not of another place');

-- Value.
select results_eq(
    $$select tests.impact()$$,
    $$values ('CAD: 12000, 600 among 5, 0.00'), ('EUR: , 150 among 5, 0.27')$$,
    'what came in and was shared is told of in two figures; where most is one''s, not at all'
);
select tests.refused($$select tests.impact('otter')$$, 'not_found', 'not of another place');
select tests.as_nobody();
select is(
    (select array_agg(distinct g.month order by g.month) from insights.groups g where g.board = 'earned'),
    array[tests.this_month()], 'what came in before there were figures is in none'
);
select is(
    (select sum(c.amount) from insights.cells c where c.scope_id = tests.scope('river') and c.board = 'earned'),
    12102::numeric, 'what is kept is exact'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');
select tests.as('a6');
select consent.withdraw_consent(tests.work('a6 of heron'), 'insight');
select results_eq(
    $$select tests.impact()$$,
    $$values ('CAD: , 600 among 5, 0.00, less'), ('EUR: , 150 among 5, 0.27')$$,
    'what their works brought in follows consent; what was shared, happened'
);
select tests.as_nobody();
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');
insert into value.value_events (tenant_id, scope_id, work_id, kind, asset, amount)
select w.tenant_id, w.scope_id, w.id, 'licence', 'USD', 100
from content.works w
where w.scope_id = tests.scope('heron');
select tests.release('river', 1);
select is_empty(
    $$select from insights.groups g where g.board = 'earned' and g.kind = 'USD'$$,
    'what is written down of a month that was released is in no figure'
);
select is(
    (
        select array_agg(format('%s %s', c.board, c.people) order by c.board)
        from insights.cells c
        where c.scope_id = tests.scope('heron') and c.kind in ('insight', 'CAD')
    ),
    '{"earned 0","given 6","shared 6"}', 'with the next release, what was taken back is gone'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

select * from finish();
rollback;
