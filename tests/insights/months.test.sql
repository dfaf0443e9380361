-- What came in, was shared and was decided belongs to its month and its organization; what nobody got is no share, and
-- what does not count brought nothing in.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(18);

-- What a place has: month by month, board by board, what it comes to, of how many.
create function tests.cells(slug text, boards insights.board[])
returns setof text
language sql
stable
set search_path = ''
as $$
    select format(
        '%s %s %s: %s items, %s by %s', (c.month - tests.this_month()) / 28, c.board, c.kind, c.items, c.amount,
        c.people
    )
    from insights.cells c
    where c.scope_id = tests.scope(slug) and c.board = any (boards) and c.people > 0
    order by c.month, c.board, c.kind
$$;

-- Shares of ten times as much for each of these, so many months from now; the last gets nothing.
create function tests.share(slug text, months integer, variadic names text[])
returns void
language plpgsql
set search_path = ''
as $$
declare
    one uuid := gen_random_uuid();
    organization uuid := (select s.tenant_id from core.scopes s where s.id = tests.scope(share.slug));
begin
    set local session_replication_role = replica;
    insert into value.transfers (tenant_id, id, kind, idempotency_key, request_hash, made_at)
    values (organization, one, 'share', one::text, sha256(''), now() + months * interval '1 month');
    insert into value.distributions (
        tenant_id, id, event_id, scope_id, asset, amount, model, rules, decision_id, proposed_by, transfer_id
    )
    values (
        organization, one, one, tests.scope(share.slug), 'CAD', 10 * (cardinality(names) - 1), 'custom', '{}', one,
        tests.person('hana'), one
    );
    insert into value.recipients (tenant_id, distribution_id, person_id, weight, amount)
    select organization, one, tests.person(n.name), 1, case when n.number < cardinality(names) then 10 else 0 end
    from unnest(names) with ordinality n (name, number);
    set local session_replication_role = origin;
end
$$;

-- Each work of a place brings in so much, on the fifth of the month so many from now.
create function tests.bring_in(slug text, asset text, months integer, amount integer)
returns void
language sql
set search_path = ''
as $$
    insert into value.value_events (tenant_id, scope_id, work_id, kind, asset, amount, occurred_on)
    select
        w.tenant_id, w.scope_id, w.id, 'licence', bring_in.asset, bring_in.amount,
        (tests.this_month() + bring_in.months * interval '1 month')::date + 4
    from content.works w
    where w.scope_id = tests.scope(slug) and w.kind = 'note'
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
select tests.tell('mound', 'h1', 'h2', 'h3', 'h4', 'h5');

-- Somebody consents to the use of more works than all others together.
select tests.as('a1');
select content.create_note(tests.scope('heron'), 'Another ' || n, '{}') from generate_series(1, 4) n;
select consent.give_consent(tests.work('Another ' || n), 'insight') from generate_series(1, 4) n;
select tests.as_nobody();
insert into value.assets (tenant_id, code, kind, scale, name)
select tests.scope(slug), code, 'currency', 2, code
from unnest('{river,hill}'::text[]) slug, unnest('{CAD,EUR}'::text[]) code;
select tests.bring_in('mound', 'CAD', 0, 1000);
select tests.share('mound', 0, 'h1', 'h2', 'h3', 'h4', 'h5', 'h6');
select tests.share('heron', 0, 'a1', 'a2', 'a3', 'a4');
select tests.share('heron', 1, 'a1', 'a2', 'a3', 'a4', 'a5');
select tests.bring_in('heron', 'CAD', 0, 100);
select tests.bring_in('heron', 'CAD', 1, 20);
select tests.bring_in('heron', 'EUR', 1, 30);
-- Four consents come a month later, as if the clock had been set wrong.
set local session_replication_role = replica;
update consent.consents c
set recorded_at = c.recorded_at + interval '1 month'
where c.work_id in (select tests.work('Another ' || n) from generate_series(1, 4) n);
set local session_replication_role = origin;

select tests.release('river');
select results_eq(
    $$select tests.cells('heron', '{earned}')$$, $$values ('0 earned CAD: 4 items, 400 by 4')$$,
    'what comes in with the next month is not in this one'
);
select results_eq(
    $$select tests.cells('heron', '{shared}')$$, $$values ('0 shared CAD: 3 items, 30 by 3')$$,
    'nor what is shared then; who gets nothing has no share'
);
select results_eq(
    $$select tests.cells('heron', '{given}')$$, $$values ('0 given insight: 4 items, 0 by 4')$$,
    'nor what is decided then'
);
select is_empty(
    $$select from insights.groups g where g.tenant_id = tests.scope('hill')$$, 'another organization has nothing of it'
);
select is_empty(
    $$select from insights.contributions c where c.tenant_id = tests.scope('hill') and c.board = 'earned'$$,
    'nor is there counted what came in'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

-- One of them takes back consent; then the next month is released.
select tests.as('a4');
select consent.withdraw_consent(tests.work('a4 of heron'), 'insight');
select tests.as_nobody();
select tests.release('river', 1);
select results_eq(
    $$select tests.cells('heron', '{earned}')$$,
    $$values ('1 earned CAD: 3 items, 60 by 3'), ('1 earned EUR: 3 items, 90 by 3')$$,
    'what comes in for a work that does not count is in no figure'
);
select results_eq(
    $$select tests.cells('heron', '{shared}')$$,
    $$values ('0 shared CAD: 3 items, 30 by 3'), ('1 shared CAD: 4 items, 40 by 4')$$, 'each share is in its month'
);
select results_eq(
    $$select tests.cells('heron', '{given}')$$, $$values ('0 given insight: 4 items, 0 by 4')$$,
    'what one decided alone is told of nowhere'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

-- The other organization releases two months at once.
select tests.bring_in('mound', 'CAD', 1, 2000);
select tests.release('hill', 1);
select results_eq(
    $$select tests.cells('mound', '{told,earned,given,shared}')$$,
    $$
    values
        ('0 told note: 5 items, 0 by 5'), ('0 earned CAD: 5 items, 5000 by 5'),
        ('0 given insight: 5 items, 0 by 5'), ('0 shared CAD: 5 items, 50 by 5'),
        ('1 earned CAD: 5 items, 10000 by 5')
    $$,
    'two months that are released at once are told of apart'
);
select results_eq(
    $$select tests.cells('heron', '{shared}')$$,
    $$values ('0 shared CAD: 3 items, 30 by 3'), ('1 shared CAD: 4 items, 40 by 4')$$, 'nothing changes elsewhere'
);

-- In each of two organizations two get a share.
select tests.share('mound', 2, 'h1', 'h2', 'h9');
select tests.share('delta', 2, 'd1', 'd2', 'd9');

-- Who tells most of it, and decides most.
select tests.as('d1');
select tests.tell('delta', 'd1', 'd2', 'd3');
select tests.as('d1');
select content.create_note(tests.scope('delta'), 'More ' || n, '{}') from generate_series(1, 5) n;
select content.transition(tests.work('More ' || n), 'published') from generate_series(1, 5) n;
select consent.give_consent(tests.work('More ' || n), 'insight') from generate_series(1, 5) n;
select tests.as_nobody();
set local session_replication_role = replica;
update consent.consents c
set recorded_at = c.recorded_at + interval '2 months'
where c.work_id in (select w.id from content.works w where w.scope_id = tests.scope('delta'));
set local session_replication_role = origin;
select tests.release('river', 2);
select results_eq(
    $$select tests.cells('delta', '{told,given}')$$,
    $$values ('0 told note: 8 items, 0 by 3'), ('2 given insight: 8 items, 0 by 3')$$,
    'works and decisions are told of, also where most are of one'
);
select results_eq(
    $$select tests.cells('river', '{shared}') order by 1$$,
    $$values ('0 shared CAD: 3 items, 30 by 3'), ('1 shared CAD: 4 items, 40 by 4')$$,
    'two who got a share in one organization are not told of with two of another'
);
select is(
    (
        select count(*)
        from insights.contributions c
        where c.scope_id = tests.scope('delta') and c.person_id = tests.person('d1') and c.home
    ),
    1::bigint, 'who is counted once'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

-- They tell more, of which some was begun two months before; it is published two months later.
select content.create_note(tests.scope('delta'), 'Later of d' || n, '{}')
from generate_series(1, 3) n, lateral (select tests.as('d' || n)) teller;
select content.transition(tests.work('Later of d' || n), 'published')
from generate_series(1, 3) n, lateral (select tests.as('d' || n)) teller;
select tests.as_nobody();
set local session_replication_role = replica;
update content.work_transitions t
set moved_at = t.moved_at + case t.to_state when 'published' then interval '2 months' else interval '-2 months' end
where t.work_id in (select tests.work('Later of d' || n) from generate_series(1, 3) n);
set local session_replication_role = origin;
select consent.give_consent(tests.work('Later of d' || n), 'insight')
from generate_series(1, 3) n, lateral (select tests.as('d' || n)) teller;
select tests.as_nobody();
select tests.release('river', 3);
select results_eq(
    $$select tests.cells('delta', '{told}')$$,
    $$values ('0 told note: 8 items, 0 by 3'), ('2 told note: 3 items, 0 by 3')$$,
    'who is counted in one month, is in another as well: in that in which it was published'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

select * from finish();
rollback;
