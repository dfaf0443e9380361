-- How a community shares what came in: with every share, by its own decision, once; and what is known of it afterwards.

begin;
set local search_path = tap, tests, public;
select plan(69);

-- Counting leaves it for later where a vacuum holds the place where ballots wait: while this goes on, none begins.
lock table content.waiting_ballots in share update exclusive mode;

select tests.world();

create function tests.has(name text)
returns bigint
language sql
stable
security definer
set search_path = ''
as $$
    select b.balance from value.balances b where b.account_id = tests.account(name)
$$;

select tests.books();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{}');
select tests.let_in('Ice', 'hana');
select value.open_account(tests.scope('river'), 'CAD', work_id => tests.work('Ice'));
select content.attribute_work(tests.work('Ice'), 'Cleo', 'teller', tests.person('cleo'));
select content.attribute_work(tests.work('Ice'), 'Hana', 'translator', tests.person('hana'));
select content.attribute_work(tests.work('Ice'), 'A choir', 'singer');
select tests.as('olive');
select value.make_transfer('licence', 'licence', tests.legs('outside -1000', 'Ice 1000'));
select value.make_transfer('grant', 'grant', tests.legs('outside -500', 'heron 500'));

-- What came in.

select tests.refused_to(
    'cleo', format($$select value.record_event('licence', 'CAD', 1000, work_id => %L)$$, tests.work('Ice')),
    'not_permitted', 'who does not keep the books writes nothing down'
);
select tests.as('hana');
select lives_ok(
    format(
        $$select value.record_event(
            'licence', 'CAD', 1000, work_id => %L, transfer_id => %L, metrics => '{"copies": 40}'
        )$$,
        tests.work('Ice'), tests.transfer('licence')
    ),
    'who keeps them writes down what a work brought in'
);
select is(
    (select e.scope_id from value.value_events e), tests.scope('heron'), 'it came in where the work belongs'
);
select throws_ok(
    format(
        $$select value.record_event('again', 'CAD', 1000, work_id => %L, transfer_id => %L)$$,
        tests.work('Ice'), tests.transfer('licence')
    ),
    '23505', null, 'what came in once is written down once'
);
select tests.refused(
    format(
        $$select value.record_event(%L, %L, %s, %s, transfer_id => %L)$$,
        'other', 'CAD', amount, place, tests.transfer(key)
    ),
    'not_found', promise
)
from (
    values
        (499, format('scope_id => %L', tests.scope('heron')), 'grant', 'as much as came in, and no less'),
        (1000, format('scope_id => %L', tests.scope('heron')), 'licence', 'for whom it came in'),
        (500, format('scope_id => %L', gen_random_uuid()), 'grant', 'in a place that there is')
) as v (amount, place, key, promise);
select value.record_event('grant', 'CAD', 500, tests.scope('heron'), transfer_id => tests.transfer('grant'));
select value.record_event('prize', 'CAD', 70, work_id => tests.work('Ice'), occurred_on => '2026-01-31');
select tests.as('cleo');
select is_empty(
    $$select from value.value_events e where e.work_id is null$$, 'what came in for the place is for its book-keepers'
);
select results_eq(
    $$select m.kind, m.asset, m.events, m.generated, m.shared, m.last_on = '2026-01-31'
    from value.value_metrics m order by m.kind$$,
    $$values ('licence', 'CAD', 1::bigint, 1000::bigint, 0::bigint, false), ('prize', 'CAD', 1, 70, 0, true)$$,
    'whose the work is knows what it brought in'
);

-- Proposed, with every share.

select tests.refused_to(
    'eli', format($$select value.propose_distribution(%L, 'Share?')$$, tests.event('licence')), 'sharing_unset',
    'a community that has not said how it shares does not'
);
select tests.sharing('equal');
select tests.refused_to(
    'otis', format($$select value.propose_distribution(%L, 'Share?')$$, tests.event('licence')), 'not_found',
    'others propose nothing'
);
select tests.refused_to(
    'cleo', format($$select value.propose_distribution(%L, 'Share?')$$, tests.event('licence')), 'not_permitted',
    'nor does whoever may not put questions'
);
select tests.refused_to(
    'eli', format($$select value.propose_distribution(%L, 'Share?')$$, tests.event('prize')), 'event_elsewhere',
    'what came in elsewhere cannot be shared here'
);
select tests.refused_to(
    'eli', format($$select value.propose_distribution(%L, 'Share?', amount => %s)$$, tests.event('licence'), amount),
    'funds_missing', 'nor more or less than there is: ' || amount
)
from unnest('{1001,0}'::integer[]) amount;
select tests.refused_to(
    'eli',
    format(
        $$select value.propose_distribution(%L, 'Share?', shares => array[row(%L, null, 1)]::value.share[])$$,
        tests.event('licence'), tests.person('eli')
    ),
    'shares_otherwise', 'who gets what follows from what the community has set'
);
select is(
    tests.proposed('licence', 'Equal?'), 'cleo 500, hana 500', 'equal parts for those who had a hand in it'
);
select is(
    tests.proposed('grant', 'All of us?'), 'cleo 125, eli 125, hana 125, sol 125',
    'or, of what came in for the place, for all who belong there'
);
select tests.sharing('contribution', '{"kept": 40, "credits": {"teller": 2}}');
select is(
    tests.proposed('licence', 'By part?', 998), 'cleo 399, hana 200, heron 399',
    'by contribution: as each credit weighs; and what the community keeps'
);
select tests.refused_to(
    'eli', format($$select value.propose_distribution(%L, 'By works?')$$, tests.event('grant')), 'nothing_to_share',
    'where nothing is published nobody contributed, and all would stay with the community'
);
select tests.as('cleo');
select content.transition(tests.work('Ice'), 'published');
select is(tests.proposed('grant', 'By works, now?'), 'cleo 300, heron 200', 'then those whose works are');
select tests.sharing('contribution', '{"kept": 60}');
select tests.refused_to(
    'eli', format($$select value.propose_distribution(%L, 'One?', amount => 1)$$, tests.event('grant')),
    'nothing_to_share', 'of one there is no part for two'
);
select tests.sharing('contribution', '{"kept": 100}');
select is(
    tests.proposed('licence', 'All for us?', 10), 'heron 10', 'what came in for a work can all go to the community'
);
select tests.as('hana');
select value.open_account(tests.scope('river'), 'CAD', scope_id => tests.scope('heron'), kind => 'fund');
select tests.as('olive');
select value.make_transfer(
    'fund', 'fund',
    array[row(tests.account('outside'), -30), row(a.id, 30)]::value.leg[]
)
from value.accounts a
where a.kind = 'fund';
select tests.as('hana');
select value.record_event('fund', 'CAD', 30, tests.scope('heron'), transfer_id => tests.transfer('fund'));
select is(
    tests.proposed('fund', 'Out of the fund?'), 'heron 30', 'or what is in a fund of its own to its main account'
);
select tests.sharing('custom', '{"elders": "first"}');
select is(
    tests.proposed(
        'grant', 'First?', 100, array[
            row(tests.person('eli'), null, 2), row(tests.person('sol'), null, 1)
        ]::value.share[]
    ),
    'eli 67, sol 33', 'by rules of its own: as proposed'
);
select tests.refused_to(
    'eli',
    format(
        $$select value.propose_distribution(%L, 'Them?', shares => array[row(%L, null, 1)]::value.share[])$$,
        tests.event('grant'), tests.person('hazel')
    ),
    'not_found', 'to people whom the organization knows'
);
select tests.refused_to(
    'eli', format($$select value.propose_distribution(%L, 'All?')$$, tests.event('grant')), 'shares_otherwise',
    'who say so themselves'
);
select tests.refused_to(
    'eli',
    format(
        $$select value.propose_distribution(%L, 'Nobody?', shares => array[]::value.share[])$$,
        tests.event('grant')
    ),
    'nothing_to_share', 'and not to nobody'
);

-- Decided.

select tests.as('hana');
select tests.refused(
    format('select value.distribute(%L)', tests.distribution('Equal?')), 'decision_missing',
    'nothing is shared before the community decided'
);
select is(tests.decided_on('All of us?', 0), 'rejected', 'it may say no');
select tests.refused(
    format('select value.distribute(%L)', tests.distribution('All of us?')), 'decision_missing', 'then it is not'
);
select is(tests.decided_on('By part?'), 'accepted', 'or yes');
select tests.refused(
    format('select value.distribute(%L)', tests.distribution('Equal?')), 'decision_missing',
    'to what was put to it, and to nothing else'
);
select tests.refused_to(
    'eli', format('select value.distribute(%L)', tests.distribution('By part?')), 'not_permitted',
    'who keeps the books carries it out'
);
select tests.as('hana');
select lives_ok(format('select value.distribute(%L)', tests.distribution('By part?')), 'as it was decided');
select is(array[tests.has('Ice'), tests.has('cleo'), tests.has('hana'), tests.has('heron')], '{2,399,200,899}', 'once');
select is(
    value.distribute(tests.distribution('By part?')),
    (select t.id from value.transfers t where t.kind = 'distribution'), 'asked again, it is the same transfer'
);
select is(tests.has('cleo'), 399::bigint, 'and nobody gets it twice');
select tests.refused_to(
    'eli', format('select value.distribute(%L)', tests.distribution('By part?')), 'not_permitted',
    'others are not told which'
);
select throws_like(
    'select value.distribute(gen_random_uuid())', '%distribution%', 'who asks for what is not there is told what is not'
);
select tests.decided_on('Equal?');
select tests.refused(
    format('select value.distribute(%L)', tests.distribution('Equal?')), 'funds_missing',
    'no more than came in is shared'
);
select tests.refused(
    'select value.distribute(gen_random_uuid())', 'not_found', 'nor what nobody proposed'
);
select tests.as('cleo');
select results_eq(
    $$select m.generated, m.shared from value.value_metrics m where m.kind = 'licence'$$,
    'values (1000::bigint, 998::bigint)', 'what was shared is known'
);

-- Given back, taken back.

select value.reverse_transfer(
    (select t.id from value.transfers t where t.kind = 'distribution'), 'back', tests.legs('cleo -99', 'Ice 99')
);
select results_eq(
    $$select m.generated, m.shared from value.value_metrics m where m.kind = 'licence'$$,
    'values (1000::bigint, 899::bigint)', 'a share is given back by whoever got it'
);
select tests.as_service();
select value.reverse_transfer(tests.transfer('licence'), 'refund', tests.legs('Ice -60', 'outside 60'));
select tests.as('cleo');
select results_eq(
    $$select m.generated, m.shared from value.value_metrics m where m.kind = 'licence'$$,
    'values (940::bigint, 899::bigint)', 'what was taken back did not come in'
);
select tests.sharing('equal');
select is(tests.proposed('licence', 'The rest?', 40), 'cleo 20, hana 20', 'the rest can be shared');
select tests.refused_to(
    'cleo', format('select value.take_back_event(%L)', tests.event('prize')), 'not_permitted',
    'what was written down by mistake, others leave there'
);
select tests.as('hana');
select value.take_back_event(tests.event('prize'));
select tests.refused(
    format('select value.take_back_event(%L)', tests.event('licence')), 'transfer_state',
    'what came in here is taken back by its transfer'
);
select tests.refused('select value.take_back_event(gen_random_uuid())', 'not_found', 'and what is not there, not');
select results_eq(
    $$select e.kind, e.returned from value.value_events e order by e.kind$$,
    $$values ('fund', 0::bigint), ('grant', 0), ('licence', 60), ('prize', 70)$$, 'what was taken back, the event says'
);

select tests.as_service();
select is_empty('select from value.verify()', 'and it is what a recount finds');
select is(
    (select h.level from ops.health() h where h.name = 'value.verify()'), 'ok', 'which whoever looks after it is told'
);

select tests.as_nobody();
update value.value_events set returned = returned - 1 where kind = 'licence';
update value.distributions set returned = returned - 1 where transfer_id is not null;
select results_eq(
    'select v.problem from value.verify() v order by v.problem',
    $$values ('does not say what was given back of it'), ('does not say what was taken back of it')$$,
    'what else was written there is found'
);
update value.value_events set returned = returned + 1 where kind = 'licence';
update value.distributions set returned = returned + 1 where transfer_id is not null;

-- Whoever writes: not without the decision, and not otherwise than decided.

select tests.as_nobody();
select tests.violates(
    format(
        $$update value.distributions set transfer_id = %L where id = %L; set constraints all immediate$$,
        tests.transfer('grant'), tests.distribution('The rest?')
    ),
    'distributions_decided_fkey', 'no distribution without its decision'
);
select tests.decided_on('First?');
select tests.as_nobody();
select tests.refused(
    format(
        'update value.distributions set transfer_id = %L where id = %L', tests.transfer('grant'),
        tests.distribution('First?')
    ),
    'shares_otherwise', 'nor by a transfer of something else'
);
select tests.refused(
    format('update value.distributions set transfer_id = null where id = %L', tests.distribution('By part?')),
    'key_frozen', 'what was carried out stays so'
);
select tests.refused(
    format('%s value.%I', verb, relation) || case when verb = 'update' then ' set tenant_id = tenant_id' else '' end,
    case when verb = 'update' and relation <> 'recipients' then 'key_frozen' else 'append_only' end,
    format('%s %s: never', verb, relation)
)
from unnest('{value_events,distributions,recipients}'::text[]) relation, unnest('{update,"delete from"}'::text[]) verb;
select tests.refused(
    format(
        $$insert into value.recipients (tenant_id, distribution_id, person_id, weight, amount)
        values (%L, %L, %L, 1, 0)$$,
        tests.scope('river'), tests.distribution('First?'), tests.person('cleo')
    ),
    'shares_otherwise', 'nobody is added to those who get a share'
);
select tests.violates(tests.variant('value.value_events', changes, $$t.kind = 'prize'$$), broken, promise)
from (
    values
        ('{"kind": "A Prize"}'::jsonb, 'value_events_kind_check', 'what came in is a word'),
        ('{"amount": 0, "returned": 0}', 'value_events_amount_check', 'and something'),
        ('{"returned": 71}', 'value_events_returned_check', 'of which no more is taken back'),
        ('{"metrics": []}', 'value_events_metrics_check', 'with figures by name'),
        ('{"asset": "USD"}', 'value_events_tenant_id_asset_fkey', 'of what is counted')
) as v (changes, broken, promise);

-- Somebody who was forgotten meanwhile.

select tests.decided_on('The rest?');
select tests.as('hana');
select core.erase_person(tests.person('hana'));
select tests.as_service();
select tests.refused(
    format('select value.distribute(%L)', tests.distribution('The rest?')), 'not_found',
    'nothing is given to somebody who was forgotten'
);

select * from finish();
rollback;
