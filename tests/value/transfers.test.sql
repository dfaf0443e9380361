-- What moves among accounts, and what is set aside: that it adds up, whoever writes; that it happens once; that nobody
-- gives what is not theirs or not there.

begin;
set local search_path = tap, tests, public;
select plan(90);

select tests.world();

-- What there is, and what is set aside: balance, pending in, pending out.
create function tests.holds(name text)
returns bigint[]
language sql
stable
security definer
set search_path = ''
as $$
    select array[b.balance, b.pending_in, b.pending_out] from value.balances b where b.account_id = tests.account(name)
$$;

create function tests.state(key text)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select t.state::text from value.transfers t where t.idempotency_key = state.key
$$;

-- Who may count, and open accounts.

select tests.refused_to(
    'cleo', format($$select value.create_asset(%L, 'CAD', 'currency', 2, 'Dollar')$$, tests.scope('river')),
    'not_permitted', 'somebody who does not keep the books counts nothing new'
);
select tests.as('olive');
select is(
    value.create_asset(tests.scope('river'), 'CAD', 'currency', 2, 'Canadian dollar'), 'CAD',
    'who keeps the books of an organization says what it counts'
);
select throws_ok(
    format($$select value.create_asset(%L, 'CAD', 'currency', 2, 'Again')$$, tests.scope('river')), '23505', null,
    'and says so once'
);
select value.open_account(tests.scope('river'), 'CAD', system_key => 'outside', may_go_negative => true);
select value.open_account(tests.scope('river'), 'CAD', scope_id => tests.scope('river'));
select tests.as('hana');
select value.open_account(tests.scope('river'), 'CAD', scope_id => tests.scope('heron'));
select is(
    value.open_account(tests.scope('river'), 'CAD', scope_id => tests.scope('heron')), tests.account('heron'),
    'an account is opened once'
);
select tests.as('cleo');
select value.open_account(tests.scope('river'), 'CAD', person_id => tests.person('cleo'));
select tests.as('eli');
select value.open_account(tests.scope('river'), 'CAD', person_id => tests.person('eli'));
select tests.refused_to(
    'hazel',
    format(
        $$select value.open_account(%L, 'CAD', person_id => %L)$$, tests.scope('river'), tests.person('hazel')
    ),
    'not_permitted', 'who does not belong to an organization has no account there'
);
select tests.refused_to(
    'cleo',
    format($$select value.open_account(%L, 'CAD', person_id => %L)$$, tests.scope('river'), tests.person('eli')),
    'not_permitted', 'nobody opens an account for somebody else'
);
select tests.refused_to(
    'cleo',
    format($$select value.open_account(%L, 'CAD', scope_id => %L)$$, tests.scope('river'), tests.scope('heron')),
    'not_permitted', 'nor for a place whose books they do not keep'
);
select tests.refused_to(
    'hana',
    format(
        $$select value.open_account(%L, 'CAD', scope_id => %L, kind => 'debt', may_go_negative => true)$$,
        tests.scope('river'), tests.scope('heron')
    ),
    'not_permitted', 'nor one that goes below zero, but for the organization'
);

-- Moving.

select tests.as('olive');
select lives_ok(
    $$select value.make_transfer('in 1', 'grant', tests.legs('outside -10000', 'heron 10000'))$$,
    'money comes in from outside'
);
select is(tests.holds('heron'), '{10000,0,0}', 'and is there');
select is(tests.holds('outside'), '{-10000,0,0}', 'the world has that much less');
select is(
    value.make_transfer('in 1', 'grant', tests.legs('outside -10000', 'heron 10000')), tests.transfer('in 1'),
    'asked again with the same key, it is the same transfer'
);
select is(tests.holds('heron'), '{10000,0,0}', 'and nothing moves');
select tests.refused(
    $$select value.make_transfer('in 1', 'grant', tests.legs('outside -9000', 'heron 9000'))$$,
    'key_reused', 'with another content the same key is refused'
);
select tests.refused(
    $$select value.make_transfer('in 2', 'grant', tests.legs('outside -100', 'heron 99'))$$,
    'transfer_unbalanced', 'what does not add up is refused'
);
select tests.refused(
    format($$select value.make_transfer('nothing', 'grant', %L)$$, legs), 'transfer_unbalanced',
    'what moves nothing is none: ' || cardinality(legs)
)
from (values ('{}'::value.leg[]), (tests.legs('heron -1', 'heron 1'))) as v (legs);
select tests.refused_to(
    'cleo', $$select value.make_transfer('theft', 'share', tests.legs('heron -1', 'cleo 1'))$$,
    'not_permitted', 'nobody gives from a place whose books they do not keep'
);
select tests.refused_to(
    'cleo', $$select value.make_transfer('theft', 'share', tests.legs('eli -1', 'cleo 1'))$$,
    'not_yours', 'nor from somebody else''s account'
);
select tests.as('hana');
select value.make_transfer('share 1', 'share', tests.legs('heron -600', 'cleo 300', 'eli 300'));
select is(tests.holds('cleo'), '{300,0,0}', 'who keeps the books of a place gives from its account, to several');
select tests.as('cleo');
select tests.refused(
    $$select value.make_transfer('too much', 'gift', tests.legs('cleo -301', 'eli 301'))$$,
    'funds_missing', 'nobody gives more than there is'
);
select value.make_transfer('gift 1', 'gift', tests.legs('cleo -100', 'eli 100'));
select is(tests.holds('eli'), '{400,0,0}', 'one gives from one''s own');

-- Setting aside.

select value.make_transfer('hold 1', 'bounty', tests.legs('cleo -150', 'eli 150'), pending => true);
select is(tests.holds('cleo'), '{200,0,150}', 'what is set aside is still there, and not free');
select is(tests.holds('eli'), '{400,150,0}', 'and may come in');
select tests.refused(
    $$select value.make_transfer('spent', 'gift', tests.legs('cleo -51', 'eli 51'))$$,
    'funds_missing', 'it is not given a second time'
);
select tests.refused(
    format($$select value.void_transfer(%L, 'void 1')$$, tests.transfer('hold 1')),
    'not_yours', 'who set it aside does not take it back'
);
select tests.refused_to(
    'eli', format($$select value.post_transfer(%L, 'post 1')$$, tests.transfer('hold 1')),
    'not_yours', 'nor does who is to get it post it'
);
select tests.as('cleo');
select tests.refused(
    format(
        $$select value.post_transfer(%L, 'post 1', tests.legs('cleo -151', 'eli 151'))$$, tests.transfer('hold 1')
    ),
    'transfer_unbalanced', 'no more is posted than was set aside'
);
select tests.refused(
    format(
        $$select value.post_transfer(%L, 'post 1', tests.legs('cleo 10', 'eli -10'))$$, tests.transfer('hold 1')
    ),
    'transfer_unbalanced', 'nor the other way'
);
select tests.refused(
    format(
        $$select value.post_transfer(%L, 'post 1', tests.legs('cleo -50', 'eli 50', 'outside -5', 'heron 5'))$$,
        tests.transfer('hold 1')
    ),
    'transfer_unbalanced', 'nor anything elsewhere beside it'
);
select lives_ok(
    format(
        $$select value.post_transfer(%L, 'post 1', tests.legs('cleo -50', 'eli 50'))$$, tests.transfer('hold 1')
    ),
    'a part is posted'
);
select is(tests.holds('cleo'), '{150,0,0}', 'and the rest is free again');
select is(tests.holds('eli'), '{450,0,0}', 'on both sides');
select is(tests.state('hold 1'), 'posted', 'that is said on the one that was pending');
select is(
    value.post_transfer(tests.transfer('hold 1'), 'post 1', tests.legs('cleo -50', 'eli 50')),
    tests.transfer('post 1'), 'asked again with the same key, it is the same posting'
);
select tests.refused(
    format($$select value.post_transfer(%L, 'post 2')$$, tests.transfer('hold 1')),
    'transfer_state', 'with another, it is too late'
);
select value.make_transfer('hold 2', 'bounty', tests.legs('cleo -150', 'eli 150'), pending => true);
select tests.as('eli');
select value.void_transfer(tests.transfer('hold 2'), 'void 2', 'not done');
select is(tests.holds('cleo'), '{150,0,0}', 'whoever was to get it calls it off, and it is free');
select is(tests.state('hold 2'), 'voided', 'and said to be');
select tests.as('cleo');
select tests.refused(
    format($$select value.post_transfer(%L, 'late')$$, tests.transfer('hold 2')),
    'transfer_state', 'then it is not posted'
);

-- Together.

select tests.as('cleo');
select tests.refused(
    $$select value.make_transfers(array[
        row('both 1', 'gift', tests.legs('cleo -1', 'eli 1'), null, null, null, null),
        row('both 2', 'gift', tests.legs('cleo -1000', 'eli 1000'), null, null, null, null)
    ]::value.transfer_order[])$$,
    'funds_missing', 'of several that are asked for together, none happens where one cannot'
);
select is(tests.transfer('both 1'), null, 'not even the first');
select lives_ok(
    $$select value.make_transfers(array[
        row('both 1', 'gift', tests.legs('cleo -1', 'eli 1'), null, null, null, null),
        row('both 2', 'gift', tests.legs('cleo -2', 'eli 2'), true, null, null, 'with it')
    ]::value.transfer_order[])$$,
    'else all of them do'
);
select is(
    value.make_transfers(array[
        row('both 1', 'gift', tests.legs('cleo -1', 'eli 1'), null, null, null, null),
        row('both 2', 'gift', tests.legs('cleo -2', 'eli 2'), true, null, null, 'with it')
    ]::value.transfer_order[]),
    array[tests.transfer('both 1'), tests.transfer('both 2')], 'once'
);
select tests.refused(
    $$select value.make_transfer('both 2', 'gift', tests.legs('cleo -2', 'eli 2'), true, reason => 'with it')$$,
    'key_reused', 'what was asked for together is not asked for alone'
);
select is(tests.holds('cleo'), '{149,0,2}', 'the first moved, the second is set aside');
select tests.as('eli');
select value.void_transfer(tests.transfer('both 2'), 'void both');
select value.reverse_transfer(tests.transfer('both 1'), 'back both');

-- Taking back.

select tests.as('eli');
select value.reverse_transfer(tests.transfer('gift 1'), 'back 1', tests.legs('eli -60', 'cleo 60'));
select is(tests.holds('cleo'), '{210,0,0}', 'a part is taken back');
select tests.refused(
    format(
        $$select value.reverse_transfer(%L, 'back 2', tests.legs('eli -41', 'cleo 41'))$$, tests.transfer('gift 1')
    ),
    'reversal_exceeds', 'never more than there was'
);
select tests.refused(
    format($$select value.reverse_transfer(%L, 'back 3')$$, tests.transfer('gift 1')),
    'reversal_exceeds', 'not in one piece either'
);
select tests.refused(
    format(
        $$select value.reverse_transfer(%L, 'more', array[
            row(tests.account(%L), -1), row(tests.account(%L), 1)
        ]::value.leg[])$$,
        tests.transfer('share 1'), giver, getter
    ),
    refusal, promise
)
from (
    values
        ('eli', 'cleo', 'reversal_exceeds', 'nor to somebody else'),
        ('cleo', 'heron', 'not_yours', 'nor by others')
) as v (giver, getter, refusal, promise);
select tests.as('hana');
select tests.refused(
    format(
        $$select value.reverse_transfer(%L, 'again', tests.legs('heron -1', 'cleo 1'))$$, tests.transfer('share 1')
    ),
    'reversal_exceeds', 'taking back is not giving once more'
);
select tests.as('eli');
select lives_ok(
    format(
        $$select value.reverse_transfer(%L, 'back 4', tests.legs('eli -40', 'cleo 40'))$$, tests.transfer('gift 1')
    ),
    'but as much'
);

-- Too late.

select tests.as('cleo');
select tests.refused(
    $$
    select value.make_transfer('old', 'bounty', tests.legs('cleo -1', 'eli 1'), pending => true, expires_at => now())
    $$,
    'ends_before_now', 'nothing is set aside until it is over'
);
select value.make_transfer(
    'hold 3', 'bounty', tests.legs('cleo -10', 'eli 10'), pending => true,
    expires_at => now() + interval '1 microsecond'
);
select value.make_transfer(
    'hold 4', 'bounty', tests.legs('cleo -20', 'eli 20'), pending => true, expires_at => now() + interval '1 hour'
);
select value.make_transfer('hold 5', 'bounty', tests.legs('cleo -30', 'eli 30'), pending => true);
select tests.refused(
    format($$select value.post_transfer(%L, 'late 3')$$, tests.transfer('hold 3')),
    'transfer_state', 'what is over is not posted'
);
select throws_ok($$select value.expire_transfers()$$, '42501', null, 'the worker ends it');
select tests.as_service();
select is(value.expire_transfers(), 1, 'and nothing else');
select is(value.expire_transfers(), 0, 'once');
select is(tests.state('hold 3'), 'expired', 'which is said of it');
select is(tests.holds('cleo'), '{250,0,50}', 'and what it set aside is free');
select tests.as('cleo');
select tests.refused(
    format($$select value.post_transfer(%L, 'late 4')$$, tests.transfer('hold 3')),
    'transfer_state', 'it stays over'
);
select tests.refused(
    $$select value.post_transfer(gen_random_uuid(), 'none')$$, 'not_found', 'what is not there is not posted'
);
select tests.refused(
    $$select value.void_transfer(gen_random_uuid(), 'none')$$, 'not_found', 'nor called off'
);
select tests.refused(
    $$select value.reverse_transfer(gen_random_uuid(), 'none')$$, 'not_found', 'nor taken back'
);
select tests.refused(
    format($$select value.reverse_transfer(%L, 'back 5')$$, tests.transfer('hold 4')),
    'transfer_state', 'nor what only set something aside'
);
select tests.as('olive');
select lives_ok(
    format($$select value.void_transfer(%L, 'void 5')$$, tests.transfer('hold 5')),
    'who keeps the organization''s books calls off as well'
);

-- On a day.

select tests.as('hana');
select value.make_transfer(
    'then', 'share', tests.legs('heron -40', 'cleo 40'), effective_on => current_date - 10
);
select tests.as('cleo');
select is(value.balance_on(tests.account('cleo'), current_date), 290::bigint, 'today there is what there is');
select is(value.balance_on(tests.account('cleo'), current_date - 1), 40::bigint, 'before, what counts from before');
select is(value.balance_on(tests.account('cleo'), current_date - 10), 40::bigint, 'from that very day on');
select is(value.balance_on(tests.account('cleo'), current_date - 11), 0::bigint, 'and before that nothing');
select is(value.balance_on(tests.account('heron'), current_date), null, 'of other accounts nobody learns it');

select results_eq(
    format(
        $$
        select effective_on, kind, amount, balance
        from value.statement(%L, current_date - 20, current_date)
        limit 4
        $$,
        tests.account('cleo')
    ),
    $$values
        (current_date - 10, 'share', 40::bigint, 40::bigint), (current_date, 'share', 300, 340),
        (current_date, 'gift', -100, 240), (current_date, 'bounty', -50, 190)$$,
    'a statement has what counts from each day, and what there was then'
);
select is(
    (
        select s.balance from value.statement(tests.account('cleo'), current_date, current_date) s limit 1
    ),
    340::bigint, 'also one that begins later'
);
select is_empty(
    format('select from value.statement(%L, current_date - 9, current_date - 1)', tests.account('cleo')),
    'and nothing of other days'
);
select is_empty(
    format('select from value.statement(%L, current_date - 20, current_date)', tests.account('heron')),
    'nor of other accounts'
);

-- Under a hold.

select tests.as('olive');
select ops.impose_hold(tests.scope('heron'), 'Court order 17', tests.person('cleo'));
select ops.impose_hold(tests.scope('heron'), 'Court order 18', tests.person('eli'), 'buz');
select tests.refused_to(
    'cleo', $$select value.make_transfer('held', 'gift', tests.legs('cleo -1', 'eli 1'))$$,
    'held', 'what a legal hold covers is not given'
);
select tests.refused(
    $$select value.make_transfer('held', 'gift', tests.legs('cleo -1', 'eli 1'), pending => true)$$,
    'held', 'nor set aside'
);
select tests.refused(
    format($$select value.post_transfer(%L, 'held')$$, tests.transfer('hold 4')), 'held', 'nor posted'
);
select tests.as('olive');
select value.create_asset(tests.scope('river'), 'BUZ', 'token', 0, 'Buz');
select value.create_asset(tests.scope('river'), 'SHARES', 'equity', 6, 'Shares');
select ops.impose_hold(tests.scope('heron'), 'Court order 19', tests.person('max'), 'equity');
select value.open_account(tests.scope('river'), asset, system_key => lower(asset), may_go_negative => true)
from unnest('{BUZ,SHARES}'::text[]) asset;
select tests.as('eli');
select value.open_account(tests.scope('river'), 'BUZ', person_id => tests.person('eli'), kind => 'wallet');
select tests.as('max');
select value.open_account(tests.scope('river'), 'SHARES', person_id => tests.person('max'), kind => 'wallet');
select tests.as_service();
select tests.refused(
    format(
        $$select value.make_transfer('held ' || %2$L, 'gift', array[
            row(a.id, -1), row(tests.account(%2$L), 1)
        ]::value.leg[]) from value.accounts a where a.person_id = %1$L and a.kind = 'wallet'$$,
        tests.person(name), key
    ),
    'held', 'what is held of somebody is held: ' || key
)
from (values ('eli', 'buz'), ('max', 'shares')) as v (name, key);
select tests.as('eli');
select lives_ok(
    $$select value.make_transfer('to her', 'gift', tests.legs('eli -1', 'cleo 1'))$$,
    'it may get more, and a hold on something else covers nothing here'
);

select lives_ok(
    $$select value.make_transfer('in 1', 'gift', tests.legs('eli -1', 'cleo 1'))$$,
    'everybody has keys of their own: what others asked for by one is nothing to them'
);
select tests.refused_to(
    'olive',
    format($$select value.open_account(%L, 'CAD', person_id => %L)$$, tests.scope('river'), tests.person('hazel')),
    'not_found', 'who keeps the books opens accounts for those whom the organization knows'
);
select lives_ok(
    format($$select value.open_account(%L, 'CAD', person_id => %L)$$, tests.scope('river'), tests.person('max')),
    'for these they do'
);
select tests.refused(
    format($$select value.open_account(%L, 'CAD', system_key => 'a', scope_id => %1$L)$$, tests.scope('river')),
    'account_owner', 'an account belongs to one'
);
select tests.refused(
    $$select value.make_transfer('nobody', 'gift', array[row(gen_random_uuid(), -1), row(null, 1)]::value.leg[])$$,
    'not_found', 'what is not there gets and gives nothing'
);
select tests.refused(
    format(
        $$select value.make_transfer('someone', 'gift', array[row(%L, -1), row(%L, 1)]::value.leg[])$$,
        tests.account('outside'), gen_random_uuid()
    ),
    'not_found', 'not even one of two'
);
select tests.as_service();
select lives_ok(
    $$select value.make_transfer('by server', 'gift', tests.legs('eli -1', 'max 1'))$$, 'servers give from all'
);
select core.set_organization_status(tests.scope('river'), 'suspended');
select tests.refused_to(
    'eli', $$select value.make_transfer('closed', 'gift', tests.legs('eli -1', 'cleo 1'))$$,
    'organization_not_active', 'in an organization that stands still nothing moves'
);
select tests.refused(
    format($$select value.open_account(%L, 'CAD', person_id => %L)$$, tests.scope('river'), tests.person('eli')),
    'organization_not_active', 'and nothing is opened'
);

select tests.as_service();
select is_empty($$select * from value.verify()$$, 'the ledger adds up');
select * from finish();
rollback;
