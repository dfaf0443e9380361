-- Whose accounts one gives from and calls off, and what a hold on a place covers: each where there are others beside
-- them that one could be taken for.

begin;
set local search_path = tap, tests, public;
select plan(14);

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{}');
select tests.let_in('Ice', 'olive');
select tests.as('olive');
select value.create_asset(tests.scope('river'), 'CAD', 'currency', 2, 'Canadian dollar');
select value.open_account(tests.scope('river'), 'CAD', system_key => 'outside', may_go_negative => true);
select value.open_account(tests.scope('river'), 'CAD', scope_id => tests.scope('heron'));
select value.open_account(tests.scope('river'), 'CAD', work_id => tests.work('Ice'));
select value.open_account(tests.scope('river'), 'CAD', person_id => tests.person(name))
from unnest('{cleo,eli}'::text[]) name;
select value.make_transfer('in', 'grant', tests.legs('outside -1000', 'heron 700', 'cleo 100', 'eli 100', 'Ice 100'));

-- Who gives.

select tests.refused_to(
    'hana', $$select value.make_transfer('more', 'grant', tests.legs('outside -1', 'heron 1'))$$,
    'not_permitted', 'who keeps the books of a place gives nothing of the organization''s'
);
select tests.refused_to(
    'cleo', $$select value.make_transfer('theirs', 'bounty', tests.legs('eli -1', 'cleo 1'), pending => true)$$,
    'not_yours', 'nobody sets aside what is somebody else''s'
);
select tests.as('hana');
select core.create_api_key(tests.scope('heron'), 'Till', '{value.manage}');
select tests.as_nobody();
select tests.as_token(jsonb_build_object('person', k.person_id, 'api_key', k.id)) from core.api_keys k;
select ok(core.can('value.manage', tests.scope('heron')), 'before: a program may do what somebody let it do for them');
select tests.refused(
    $$select value.make_transfer('by itself', 'gift', tests.legs('heron -1', 'eli 1'))$$,
    'not_with_key', 'but gives nothing'
);
select tests.refused(
    format(
        $$select value.open_account(%L, 'CAD', scope_id => %L, kind => 'savings')$$, tests.scope('river'),
        tests.scope('heron')
    ),
    'not_with_key', 'and opens no account'
);

-- Once for each who asks.

select tests.as('cleo');
select value.make_transfer('thanks', 'gift', tests.legs('cleo -1', 'eli 1'));
select tests.as('eli');
select lives_ok(
    $$select value.make_transfer('thanks', 'gift', tests.legs('eli -5', 'cleo 5')) from generate_series(1, 2)$$,
    'who asks again is answered, also where somebody else''s key says the same'
);
select is(
    value.balance_on(tests.account('eli'), current_date), 96::bigint, 'and gave once what they asked for'
);
select tests.refused_to(
    'cleo',
    format(
        'select value.post_transfer(%L, %L)',
        (select t.id from value.transfers t where t.idempotency_key = 'thanks' and t.made_by = tests.person('cleo')),
        'post'
    ),
    'transfer_state', 'what was given at once is not given a second time'
);

-- Who calls off.

select tests.as('hana');
select value.make_transfer(
    'for ' || name, 'bounty', tests.legs('heron -10', name || ' 10'), pending => true
)
from unnest('{cleo,eli}'::text[]) name;
select tests.as('eli');
select lives_ok(
    format($$select value.void_transfer(%L, 'no thanks')$$, tests.transfer('for eli')),
    'who was to get something calls it off, while something else is on its way to somebody else'
);

-- Under a hold on a place.

select tests.as('olive');
select ops.impose_hold(tests.scope('heron'), 'Court order 17');
select tests.refused_to(
    'hana',
    format('select value.make_transfer(%L, %L, tests.legs(%L, %L))', 'held', 'gift', giver || ' -1', 'cleo 1'),
    'held', promise
)
from (
    values ('heron', 'what belongs to a place is held with it'), ('Ice', 'and what belongs to its works')
) as v (giver, promise);
select tests.as('cleo');
select lives_ok(
    $$select value.make_transfer('mine', 'gift', tests.legs('cleo -1', 'eli 1'))$$,
    'but nothing of those who belong there'
);
select tests.as('olive');
select lives_ok(
    $$select value.make_transfer('ours', 'grant', tests.legs('outside -1', 'eli 1'))$$, 'or of the organization'
);

select tests.as_service();
select is_empty($$select * from value.verify()$$, 'the ledger adds up');
select * from finish();
rollback;
