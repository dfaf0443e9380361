-- What came in is written down as the ledger says: into which account, of what and how much; once for each account; and
-- where the work belongs that it came in by.

begin;
set local search_path = tap, tests, public;
select plan(26);

select tests.world();
select tests.books();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}') from unnest('{Ice,Snow}'::text[]) title;
select value.open_account(tests.scope('river'), 'CAD', work_id => tests.work(title))
from unnest('{Ice,Snow}'::text[]) title;
select tests.let_in('Ice', 'hana', 'olive');
select tests.let_in('Snow', 'hana', 'olive');
select content.create_note(tests.scope('heron'), 'Hail', '{}');
select tests.as('oona');
select content.create_note(tests.scope('otter'), 'Reeds', '{}');
select tests.as('olive');
select value.create_asset(tests.scope('river'), 'HOURS', 'credit', 0, 'Hours');
select value.open_account(tests.scope('river'), 'HOURS', system_key => 'time', may_go_negative => true);
select value.open_account(tests.scope('river'), asset, scope_id => tests.scope('heron'), kind => kind)
from (values ('CAD', 'savings'), ('HOURS', 'timesheet')) as v (asset, kind);

select tests.as_nobody();

-- What an account of Heron's gets, of whatever kind.
create function tests.leg(kind text, amount bigint)
returns value.leg
language sql
stable
set search_path = ''
as $$
    select row(a.id, leg.amount)::value.leg
    from value.accounts a
    where a.scope_id = tests.scope('heron') and a.kind = leg.kind
$$;

-- Where something is found that somebody writes down.
create function tests.recorded(
    kind text, key text, asset text, amount bigint, place text default null, title text default null
)
returns text
language plpgsql
set search_path = ''
as $$
declare
    event_id uuid;
begin
    perform tests.as('hana');
    event_id := value.record_event(
        kind, asset, amount, tests.scope(place), tests.work(title), tests.transfer(key)
    );
    perform tests.as_nobody();
    return (
        select concat_ws(' ', coalesce(s.slug, w.title), a.kind, a.asset)
        from value.value_events e
        join value.accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
        left join core.scopes s on s.id = a.scope_id
        left join content.works w on w.id = a.work_id
        where e.id = event_id
    );
end
$$;

-- Who writes it down.

select tests.refused_to(
    name, format($$select value.record_event('fee', 'CAD', 1, scope_id => %L)$$, tests.scope('heron')),
    'not_permitted', promise
)
from (
    values
        ('cleo', 'who only belongs to a place writes nothing down for it'),
        ('otis', 'nor who keeps the books of another'), ('hazel', 'nor who belongs elsewhere')
) as v (name, promise);
select tests.refused(
    'select value.record_event(''fee'', ''CAD'', 1)', 'not_found', 'it comes in somewhere'
);
select tests.as('hana');
select lives_ok(
    format(
        $$select value.record_event('fee', 'CAD', 1, tests.scope('heron'), occurred_on => '2026-01-01')$$
    ),
    'who keeps the books there does'
);
select tests.as_service();
select lives_ok(
    format($$select value.record_event('fine', 'CAD', 2, tests.scope('heron'))$$), 'and so do servers'
);
select results_eq(
    $$select e.kind, e.occurred_on, e.recorded_by, e.metrics from value.value_events e order by e.kind$$,
    format(
        $$values ('fee', '2026-01-01'::date, %L::uuid, '{}'::jsonb), ('fine', current_date, null, '{}')$$,
        tests.person('hana')
    ),
    'when it was, and who wrote it down, stands there'
);
select tests.as('hana');
select tests.refused(
    format($$select value.record_event('dance', 'CAD', 3, tests.scope('heron'), %L)$$, tests.work('Hail')),
    'not_found', 'of a work that they may not know of, nobody learns by this that it is there'
);
select tests.as_service();
select lives_ok(
    format($$select value.record_event('at_night', 'CAD', 1, work_id => %L)$$, tests.work('Hail')),
    'a server writes it down of any work'
);
select tests.as('hana');
select value.record_event('dance', 'CAD', 3, tests.scope('otter'), tests.work('Ice'));
select is(
    (select e.scope_id from value.value_events e where e.kind = 'dance'), tests.scope('heron'),
    'what came in by a work is for where that belongs'
);

-- Through the ledger.

select tests.as_service();
select value.make_transfer(
    'split', 'fair', array[
        row(tests.account('outside'), -120)::value.leg, tests.leg('main', 30), tests.leg('savings', 50),
        row(tests.account('time'), -50)::value.leg, tests.leg('timesheet', 50)
    ] || tests.legs('Ice 40')
);
select value.make_transfer('both', 'fair', tests.legs('outside -80', 'heron 40', 'Ice 40'));
select value.make_transfer(
    'saved', 'fair', array[row(tests.account('outside'), -30)::value.leg, tests.leg('savings', 30)]
);
select is(tests.recorded(kind, key, asset, amount, place, title), account, promise)
from (
    values
        ('first', 'split', 'CAD', 30, 'heron', null, 'heron main CAD', 'each amount is found where it came in'),
        ('second', 'split', 'CAD', 50, 'heron', null, 'heron savings CAD', 'in each account of the place'),
        ('third', 'split', 'HOURS', 50, 'heron', null, 'heron timesheet HOURS', 'of each thing'),
        ('fourth', 'split', 'CAD', 40, null, 'Ice', 'Ice main CAD', 'or in the work''s'),
        ('fifth', 'saved', 'CAD', 30, 'heron', null, 'heron savings CAD', 'by each transfer'),
        ('sixth', 'both', 'CAD', 40, null, 'Ice', 'Ice main CAD', 'a work''s own comes first'),
        ('seventh', 'both', 'CAD', 40, 'heron', null, 'heron main CAD', 'and is not the place''s')
) as v (kind, key, asset, amount, place, title, account, promise);
-- By hand, not otherwise.

select tests.as_nobody();
select tests.refused(
    tests.variant('value.value_events', changes, $$t.kind = 'fourth'$$), 'not_found', promise
)
from (
    values
        ('{"amount": 39}'::jsonb, 'what came in by the ledger is as much as that says'),
        ('{"amount": 41}', 'and no more'),
        ('{"asset": "HOURS"}', 'of what it says'),
        (jsonb_build_object('account_id', tests.account('Snow')), 'where it says'),
        (jsonb_build_object('transfer_id', tests.transfer('saved')), 'and by what it says')
) as v (changes, promise);
select tests.violates(
    tests.variant('value.value_events', changes, $$t.kind = 'fourth'$$), broken, promise
)
from (
    values
        ('{"kind": "again"}'::jsonb, 'value_events_tenant_id_transfer_id_account_id_key', 'once'),
        ('{"transfer_id": null}', 'value_events_entry_check', 'and by something'),
        ('{"returned": -1}', 'value_events_returned_check', 'of which no less than nothing is taken back'),
        ('{"amount": -1, "transfer_id": null, "account_id": null}', 'value_events_amount_check', 'it came in')
) as v (changes, broken, promise);

select * from finish();
rollback;
