-- What was decided is shared and nothing else, whoever writes: neither other shares, nor out of what else there is, nor
-- to other accounts.

begin;
set local search_path = tap, tests, public;
select plan(48);

-- Counting leaves it for later where a vacuum holds the place where ballots wait: while this goes on, none begins.
lock table content.waiting_ballots in share update exclusive mode;

select tests.world();
select tests.books();

-- Statements, and the keys that else are asked at the end of a transaction.
create function tests.committed(variadic statements text[])
returns text
language sql
immutable
set search_path = ''
as $$
    select array_to_string(array_append(statements, 'set constraints all immediate'), ';')
$$;

create function tests.has(name text)
returns bigint
language sql
stable
security definer
set search_path = ''
as $$
    select b.balance from value.balances b where b.account_id = tests.account(name)
$$;

-- A statement that writes who gets what of distributions at once: of which, who, weight and amount.
create function tests.recipients(variadic parts text[])
returns text
language sql
stable
set search_path = ''
as $$
    select format(
        'insert into value.recipients (tenant_id, distribution_id, person_id, weight, amount) values %s',
        string_agg(
            format(
                '(%L, %L, %L, %s, %s)', tests.scope('river'), d.id, tests.person(split_part(part, ' ', 2)),
                split_part(part, ' ', 3), split_part(part, ' ', 4)
            ),
            ', ' order by part
        )
    )
    from unnest(parts) part
    join value.distributions d on d.rules ->> 'called' = split_part(part, ' ', 1)
$$;

select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{}');
select value.open_account(tests.scope('river'), 'CAD', work_id => tests.work('Ice'));
select tests.as('olive');
select value.create_asset(tests.scope('river'), 'HOURS', 'credit', 0, 'Hours');
select value.open_account(tests.scope('river'), asset, person_id => tests.person('eli'), kind => kind)
from (values ('CAD', 'main'), ('CAD', 'savings'), ('HOURS', 'main')) as v (asset, kind);
select value.open_account(tests.scope('river'), asset, scope_id => tests.scope('heron'), kind => kind)
from (values ('CAD', 'savings'), ('HOURS', 'main')) as v (asset, kind);
select tests.came_in('licence', 1000, 'Ice');
select tests.came_in('grant', 500);
select tests.came_in('gift', 2000);
select tests.sharing('custom', '{"elders": "first"}');

-- Carried out, beside others that are not.

select is(
    tests.proposed('grant', question, 300, array[
        row(tests.person('eli'), null, 2), row(null, tests.scope('heron'), 1)
    ]::value.share[]),
    'eli 200, heron 100', 'before: proposed: ' || question
)
from unnest('{Once?,More?}'::text[]) question;
select tests.proposed('licence', 'All?', shares => array[row(tests.person('sol'), null, 1)]::value.share[]);
select tests.proposed('gift', 'Gift?', 900, array[row(tests.person('eli'), null, 1)]::value.share[]);
select tests.join('gus', 'heron');
select tests.proposed('licence', 'His?', 9, array[row(tests.person('gus'), null, 1)]::value.share[]);
select tests.as('gus');
select core.erase_person(core.me());
select tests.decided_on(question) from unnest('{Once?,More?,All?,Gift?}'::text[]) question;
select lives_ok(
    format('select value.distribute(%L)', tests.distribution('Once?')), 'before: carried out as it was decided'
);
select tests.as_nobody();
select is(
    array(
        select a.kind || ' ' || a.asset || ' ' || b.balance
        from value.accounts a
        join value.balances b on b.account_id = a.id
        where a.person_id = tests.person('eli')
        order by a.kind, a.asset
    ),
    '{"main CAD 200","main HOURS 0","savings CAD 0"}', 'into the main account for what is shared, and no other'
);
select is(tests.has('heron'), 2300::bigint, 'what the community keeps of its own stays there');
select is(tests.account('sol'), null, 'nobody is opened an account who gets nothing of it');
select is(
    array(select d.id from value.distributions d where d.transfer_id is not null),
    array[tests.distribution('Once?')], 'and nothing else is carried out by it'
);
select tests.as_nobody();
select is(
    (
        select count(*)
        from content.decision_uses u
        join value.distributions d on d.tenant_id = u.tenant_id and d.decision_id = u.decision_id
        where d.id = tests.distribution('Once?')
    ),
    1::bigint, 'the decision is used up'
);
select tests.as('hana');
select tests.refused(
    format('select value.distribute(%L)', tests.distribution('More?')), 'funds_missing',
    'no more is shared than came in by that, though the account has more'
);
select is(tests.has('heron'), 2300::bigint, 'then nothing moves');
select lives_ok(
    format('select value.distribute(%L)', tests.distribution('All?')),
    'of something else all can be shared, whatever was shared of this'
);
select is(array[tests.has('sol'), tests.has('Ice')], '{1000,0}', 'out of the account into which that came');
select results_eq(
    $$select m.kind, m.generated, m.shared from value.value_metrics m order by m.kind$$,
    $$values ('gift', 2000::bigint, 0::bigint), ('grant', 500, 300), ('licence', 1000, 1000)$$,
    'of each is known what was shared of it'
);
select tests.as('eli');
select value.reverse_transfer(d.transfer_id, 'thanks', tests.legs('eli -50', 'heron 50'))
from value.distributions d
where d.id = tests.distribution('Once?');
select tests.as('hana');
select results_eq(
    $$select m.kind, m.generated, m.shared from value.value_metrics m where m.kind <> 'licence' order by m.kind$$,
    $$values ('gift', 2000::bigint, 0::bigint), ('grant', 500, 250)$$,
    'and what was given back of it, though other things came into the same account'
);
select tests.as_service();
select value.reverse_transfer(tests.transfer('gift'), 'refund', tests.legs('heron -1200', 'outside 1200'));
select tests.refused_to(
    'hana', format('select value.distribute(%L)', tests.distribution('Gift?')), 'funds_missing',
    'what was taken back since is not shared'
);
select tests.as('eli');
select tests.refused(
    format($$select value.propose_distribution(%L, 'Rest?', amount => 801, shares => array[
        row(%L, null, 1)
    ]::value.share[])$$, tests.event('gift'), tests.person('eli')),
    'funds_missing', 'nor proposed'
);
select is(
    tests.proposed('gift', 'Rest?', shares => array[row(tests.person('eli'), null, 1)]::value.share[]),
    'eli 800', 'but what is left of it is'
);
select is(tests.decided_on('Rest?'), 'accepted', 'before: and accepted');

-- By hand: by a transfer that does just that.

select tests.as_service();
select value.make_transfer(key, 'distribution', legs)
from (
    values
        ('before', tests.legs('outside -9000', 'heron 9000')),
        ('other', tests.legs('heron -800', 'sol 800')),
        ('less', tests.legs('heron -700', 'eli 700')),
        ('in part', tests.legs('heron -800', 'eli 700', 'sol 100')),
        ('beside', tests.legs('heron -800', 'eli 800', 'outside -5', 'sol 5')),
        ('elsewhere', tests.legs('outside -800', 'eli 800')),
        ('just that', tests.legs('heron -800', 'eli 800'))
) as v (key, legs);
select tests.as_nobody();
select tests.refused(
    format(
        'update value.distributions set transfer_id = %L where id = %L', tests.transfer(key),
        tests.distribution('Rest?')
    ),
    'shares_otherwise', promise
)
from (
    values
        ('other', 'a distribution is not carried out by giving it to somebody else'), ('less', 'nor by giving less'),
        ('in part', 'nor in part to somebody else'), ('beside', 'nor by what gives something to others beside'),
        ('elsewhere', 'nor out of another account')
) as v (key, promise);
select tests.violates(
    tests.variant(
        'value.distributions',
        jsonb_build_object('decision_id', gen_random_uuid(), 'transfer_id', d.transfer_id),
        format('id = %L', tests.distribution('Rest?'))
    ),
    'distributions_tenant_id_transfer_id_key', 'nor by what carried out another'
)
from value.distributions d
where d.id = tests.distribution('Once?');
select lives_ok(
    format(
        'update value.distributions set transfer_id = %L where id = %L', tests.transfer('just that'),
        tests.distribution('Rest?')
    ),
    'by just what was decided, it is'
);
select tests.refused(
    format(
        'update value.distributions set transfer_id = %L where id = %L', tests.transfer('other'),
        tests.distribution('Rest?')
    ),
    'key_frozen', 'and by nothing else from then on'
);

-- By hand: shares that follow from the weights.

select tests.as('eli');
select content.propose_decision(tests.scope('heron'), 'value.distribute', name, subject => name)
from unnest('{one,two,three}'::text[]) name;
select tests.as_nobody();
create function tests.empty(name text, amount bigint)
returns text
language sql
stable
set search_path = ''
as $$
    select tests.variant(
        'value.distributions',
        jsonb_build_object(
            'decision_id', d.id, 'amount', amount, 'rules', jsonb_build_object('called', name), 'transfer_id', null
        ),
        format('id = %L', tests.distribution('More?'))
    )
    from content.decisions d
    where d.subject = name
$$;

select tests.refused(
    tests.committed(tests.empty('three', 50)), 'shares_otherwise', 'what is shared with nobody, is not shared'
);
select lives_ok(tests.empty(name, amount), 'before: something else to share: ' || name)
from (values ('one', 100), ('two', 200)) as v (name, amount);
select tests.refused(
    tests.recipients(variadic parts), 'shares_otherwise', promise
)
from (
    values
        ('{one eli 2 66,one sol 1 34}'::text[], 'shares follow from the weights'),
        ('{one eli 2 33,one sol 1 67}', 'each from their own'),
        ('{one eli 2 66,one sol 1 33}', 'and leave nothing'),
        ('{one eli 2 67,one sol 1 33,two eli 1 99,two sol 1 101}', 'of several distributions, in each')
) as v (parts, promise);
select lives_ok(
    tests.recipients('one eli 2 67', 'one sol 1 33', 'two eli 1 100', 'two sol 1 100'),
    'of two that are written at once, each has its own'
);
select tests.refused(
    tests.recipients('one cleo 1 100'), 'shares_otherwise',
    'nobody is added later, not even with a share that would be theirs alone'
);
select tests.violates(tests.variant('value.recipients', changes, 't.weight = 2'), broken, promise)
from (
    values
        ('{}'::jsonb, 'recipients_pkey', 'who gets a share, gets one'),
        ('{"weight": 0}', 'recipients_weight_check', 'which weighs something'),
        ('{"amount": -1}', 'recipients_amount_check', 'and takes nothing'),
        (
            jsonb_build_object('scope_id', tests.scope('heron')), 'recipients_recipient_check',
            'it is a person''s or a place''s'
        )
) as v (changes, broken, promise);
select tests.violates(
    tests.variant('value.distributions', changes, format('id = %L', tests.distribution('More?'))), broken, promise
)
from (
    values
        (
            jsonb_build_object('amount', 200), 'distributions_tenant_id_decision_id_key',
            'a decision is about one distribution'
        ),
        ('{"amount": 0}', 'distributions_amount_check', 'of something'),
        ('{"returned": -1}', 'distributions_returned_check', 'of which no less than nothing is given back'),
        ('{"returned": 301}', 'distributions_returned_check', 'and no more than there was'),
        ('{"rules": []}', 'distributions_rules_check', 'by rules that have names')
) as v (changes, broken, promise);
set constraints all immediate;
select tests.refused(
    format('truncate value.%I cascade', relation), 'append_only', format('truncate %s: never', relation)
)
from unnest('{value_events,distributions,recipients}'::text[]) relation;
select tests.as_service();
select is_empty('select from value.verify()', 'the ledger adds up');

select * from finish();
rollback;
