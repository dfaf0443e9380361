-- What nobody can write, not even the owner of the tables: the ledger's keys and checks stand above its functions.

begin;
set local search_path = tap, tests, public;
select plan(85);

select tests.world();

-- Statements, and the keys that else are asked at the end of a transaction.
create function tests.committed(variadic statements text[])
returns text
language sql
immutable
set search_path = ''
as $$
    select array_to_string(array_append(statements, 'set constraints all immediate'), ';')
$$;

-- Writes a transfer by hand, and what it does to accounts: name, amount, reserved in, reserved out.
create function tests.by_hand(key text, changes text[], transfer jsonb default '{}')
returns void
language plpgsql
set search_path = ''
as $$
declare
    transfer_id uuid;
begin
    execute tests.variant('value.transfers', jsonb_build_object('idempotency_key', key) || transfer);
    transfer_id := tests.transfer(key);
    insert into value.entries (
        tenant_id, account_id, number, asset, may_go_negative, transfer_id, effective_on, amount, reserved_in,
        reserved_out, balance_after, pending_in_after, pending_out_after, latest_before
    )
    select
        a.tenant_id, a.id, b.entries + 1, a.asset, a.may_go_negative, transfer_id, current_date, c.amount,
        c.reserved_in, c.reserved_out, b.balance + c.amount, b.pending_in + c.reserved_in,
        b.pending_out + c.reserved_out, case when b.entries > 0 then current_date end
    from (
        select
            tests.account(split_part(change, ' ', 1)) as id, split_part(change, ' ', 2)::bigint as amount,
            split_part(change, ' ', 3)::bigint as reserved_in, split_part(change, ' ', 4)::bigint as reserved_out
        from unnest(changes) change
    ) c
    join value.accounts a on a.id = c.id
    join value.balances b on b.account_id = c.id;
    set constraints all immediate;
    set constraints all deferred;
end
$$;

select tests.as('olive');
select value.create_asset(tests.scope('river'), 'CAD', 'currency', 2, 'Canadian dollar');
select value.create_asset(tests.scope('river'), 'HOURS', 'credit', 0, 'Hours');
select value.open_account(tests.scope('river'), 'CAD', system_key => 'outside', may_go_negative => true);
select value.open_account(tests.scope('river'), 'CAD', system_key => name)
from unnest('{one,two,three,four}'::text[]) name;
select value.open_account(tests.scope('river'), 'HOURS', system_key => 'hours', may_go_negative => true);
select value.open_account(tests.scope('river'), 'HOURS', system_key => 'spent');
select value.make_transfer('in', 'grant', tests.legs('outside -1000', 'one 1000'));
select value.make_transfer('gift', 'gift', tests.legs('one -100', 'two 100'));
select value.make_transfer('held', 'bounty', tests.legs('one -50', 'two 50'), pending => true);
select value.make_transfer('wide', 'bounty', tests.legs('one -50', 'two 30', 'three 20'), pending => true);
select value.make_transfer('wider', 'bounty', tests.legs('one -40', 'two 20', 'three 20'), pending => true);
select value.make_transfer('from two', 'bounty', tests.legs('one -20', 'outside -30', 'two 50'), pending => true);
select value.make_transfer('done', 'bounty', tests.legs('one -5', 'two 5'), pending => true);
select value.post_transfer(tests.transfer('done'), 'post');
select tests.as_nobody();
set constraints all immediate;
set constraints all deferred;

select lives_ok(
    $$select tests.by_hand('by hand', '{one -1 0 0,two 1 0 0}')$$,
    'before: a transfer that adds up can be written by hand'
);

-- Nothing adds up otherwise.

select tests.refused(
    format('select tests.by_hand(%L, %L, %L)', 'x', changes, transfer), 'transfer_unbalanced', promise
)
from (
    values
        ('{one -1 0 0}'::text[], '{}'::jsonb, 'nothing is given to nobody'),
        ('{one -1 0 0,two 2 0 0}', '{}', 'nor more got than given'),
        ('{one -1 0 0,spent 1 0 0}', '{}', 'nor one thing for another'),
        ('{one -1 0 0,two 1 0 0}', '{"pending": true}', 'what is pending moves nothing'),
        ('{one 0 0 1,two 0 2 0}', '{"pending": true}', 'and sets as much aside here as it awaits there'),
        ('{one 0 0 -1,two 0 -1 0}', '{"pending": true}', 'and frees nothing'),
        ('{one 0 0 1,two 0 1 0}', '{}', 'what is not pending sets nothing aside'),
        ('{one -1 0 1,two 1 1 0}', '{}', 'nor beside what it moves'),
        ('{two 0 -1 0,three 0 1 0}', '{}', 'nor does it await elsewhere what was awaited here'),
        ('{one 0 0 -1,outside 0 0 1}', '{}', 'or take from there what was set aside here'),
        ('{}', '{}', 'a transfer without entries is none'),
        (
            '{one 0 0 -40,two 0 -40 0}',
            jsonb_build_object('parent_id', tests.transfer('held'), 'resolves_as', 'voided'),
            'what is called off leaves nothing set aside'
        ),
        (
            '{one 0 0 -50,two 0 -20 0,three 0 -30 0}',
            jsonb_build_object('parent_id', tests.transfer('wide'), 'resolves_as', 'voided'),
            'and ends what was awaited where it was, and not what another still is to bring'
        ),
        (
            '{one 0 0 -30,outside 0 0 -20,two 0 -50 0}',
            jsonb_build_object('parent_id', tests.transfer('from two'), 'resolves_as', 'voided'),
            'or sets free elsewhere than where it was set aside'
        ),
        (
            '{one 0 0 -50,two 0 -50 0,outside -5 0 0,three 5 0 0}',
            jsonb_build_object('parent_id', tests.transfer('held'), 'resolves_as', 'posted'),
            'what is posted moves nothing elsewhere'
        ),
        (
            '{one -50 0 -50,two 50 -50 0}',
            jsonb_build_object('parent_id', tests.transfer('held'), 'resolves_as', 'voided'),
            'what is called off moves nothing'
        ),
        (
            '{one -50 0 -50,two 50 -50 0}',
            jsonb_build_object('parent_id', tests.transfer('held'), 'resolves_as', 'expired'),
            'nor what is over'
        ),
        (
            '{one -60 0 -50,two 60 -50 0}',
            jsonb_build_object('parent_id', tests.transfer('held'), 'resolves_as', 'posted'),
            'no more is posted than was set aside'
        ),
        (
            '{one 10 0 -50,two -10 -50 0}',
            jsonb_build_object('parent_id', tests.transfer('held'), 'resolves_as', 'posted'),
            'nor the other way'
        )
) as v (changes, transfer, promise);
select tests.refused(
    format(
        $$
        insert into value.entries (
            tenant_id, account_id, number, asset, may_go_negative, transfer_id, effective_on, amount, balance_after,
            pending_in_after, pending_out_after, latest_before
        )
        select
            a.tenant_id, a.id, b.entries + 1, a.asset, a.may_go_negative, %L, current_date, c.amount,
            b.balance + c.amount, b.pending_in, b.pending_out, case when b.entries > 0 then current_date end
        from value.accounts a
        join value.balances b on b.account_id = a.id
        join (values ('three', 1), ('outside', -1)) c (name, amount) on a.id = tests.account(c.name)
        $$,
        tests.transfer('gift')
    ),
    'transfer_unbalanced', 'to a transfer that is written no entries are added, not even such as add up'
);

-- Entries are a chain.

select tests.violates(tests.variant('value.entries', changes, chosen), broken, promise)
from (
    values
        ('{}'::jsonb, 'true', 'entries_pkey', 'an account has one first entry'),
        (
            jsonb_build_object('number', 9, 'transfer_id', tests.transfer('gift'), 'latest_before', current_date),
            'true', 'entries_previous_fkey', 'an entry follows another'
        ),
        (
            jsonb_build_object(
                'number', 3, 'balance_after', -7, 'transfer_id', tests.transfer('gift'), 'latest_before', current_date
            ),
            'true', 'entries_previous_fkey', 'and begins with what that one left'
        ),
        (
            (
                select jsonb_build_object(
                    'account_id', b.account_id, 'number', b.entries + 1, 'transfer_id', tests.transfer('in'),
                    'balance_after', b.balance + 1000, 'pending_in_after', b.pending_in, 'pending_out_after',
                    b.pending_out, 'latest_before', current_date - 1
                )
                from value.balances b
                where b.account_id = tests.account('two')
            ),
            't.amount = 1000', 'entries_previous_fkey', 'and with the latest day that one knew of'
        ),
        ('{"number": 9}', 'true', 'entries_latest_before_check', 'which none but the first is without'),
        (
            jsonb_build_object('number', 0, 'latest_before', current_date), 'true', 'entries_number_check',
            'they are counted from one'
        ),
        (
            jsonb_build_object('number', 1, 'account_id', tests.account('four'), 'balance_after', 5000),
            't.amount = 1000', 'entries_first_check', 'the first begins with nothing'
        ),
        (
            jsonb_build_object('number', 1, 'account_id', tests.account('four'), 'pending_in_after', 5),
            't.amount = 1000', 'entries_first_check', 'with nothing to come in'
        ),
        (
            jsonb_build_object('number', 1, 'account_id', tests.account('four'), 'pending_out_after', 5),
            't.amount = 1000', 'entries_first_check', 'and nothing set aside'
        ),
        ('{"amount": 0}', 'true', 'entries_amount_check', 'each does something'),
        (
            '{"pending_in_after": -1}', 't.amount = -100', 'entries_pending_check',
            'no less than nothing is left to come in'
        ),
        ('{"pending_out_after": -1}', 't.amount = -100', 'entries_pending_check', 'or set aside'),
        ('{"balance_after": 49}', 't.reserved_out = 50', 'entries_balance_check', 'what is set aside is there'),
        (
            '{"may_go_negative": false}', 't.amount = -1000', 'entries_balance_check',
            'who has less than nothing, may'
        ),
        ('{"may_go_negative": true}', 't.amount = 1000', 'entries_pkey', 'before: of an account that may'),
        ('{"effective_on": "2020-01-01"}', 'true', 'entries_pkey', 'before: of another day')
) as v (changes, chosen, broken, promise);
select tests.refused(
    format('%s value.%s%s', verb, relation, change), 'append_only', format('%s %s: never', verb, relation)
)
from (
    values
        ('entries', 'update', ' set tenant_id = tenant_id'), ('entries', 'delete from', ''),
        ('entries', 'truncate', ' cascade'), ('transfers', 'delete from', ''), ('transfers', 'truncate', ' cascade')
) as v (relation, verb, change);

select tests.violates(
    tests.variant(
        'value.entries',
        jsonb_build_object('account_id', tests.account('four'), 'transfer_id', tests.transfer('gift')) || changes,
        't.amount = 1000'
    ),
    'entries_account_fkey', promise
)
from (
    values
        ('{"asset": "HOURS"}'::jsonb, 'what an account gets is of its asset'),
        ('{"may_go_negative": true}', 'whether it may go below zero, the account says')
) as v (changes, promise);
select tests.violates(
    format('update value.accounts a set may_go_negative = true where a.system_key = %L', 'one'),
    'entries_account_fkey', 'for good, once something moved'
);

-- What became of a pending transfer.

select tests.refused(
    format('update value.transfers t set %s where t.idempotency_key = %L', change, 'gift'), 'append_only',
    'a transfer stands: ' || change
)
from unnest('{reason = ''x'',effective_on = ''2020-01-01'',kind = ''theft'',pending = true}'::text[]) change;
select tests.refused(
    format('update value.transfers t set %s where t.idempotency_key = %L', change, 'done'), 'append_only',
    'what became of a transfer stands, too: ' || change
)
from unnest('{resolution = ''voided'',"resolution_id = null, resolution = null"}'::text[]) change;
select tests.violates(
    tests.committed(
        format(
            $$update value.transfers t set resolution_id = %L, resolution = 'voided' where t.idempotency_key = 'held'$$,
            tests.transfer('gift')
        )
    ),
    'transfers_resolution_fkey', 'what is pending is resolved by what was made for that'
);
select tests.violates(
    tests.variant(
        'value.transfers', jsonb_build_object('idempotency_key', 'y') || changes, $$t.idempotency_key = 'gift'$$
    ),
    broken, promise
)
from (
    values
        (
            '{"idempotency_key": "gift"}'::jsonb, 'transfers_idempotency_key_key',
            'a key asks for one transfer'
        ),
        ('{"idempotency_key": ""}', 'transfers_idempotency_key_check', 'and says something'),
        (
            jsonb_build_object('idempotency_key', repeat('x', 201)), 'transfers_idempotency_key_check',
            'in 200 letters at most'
        ),
        (
            jsonb_build_object('parent_id', tests.transfer('held'), 'resolves_as', 'voided', 'pending', true),
            'transfers_parent_id_check', 'what resolves is not pending itself'
        ),
        (
            jsonb_build_object(
                'parent_id', tests.transfer('held'), 'resolves_as', 'voided', 'reverses', tests.transfer('gift')
            ),
            'transfers_parent_id_check', 'nor takes something back'
        ),
        (
            jsonb_build_object(
                'id', '00000000-0000-4000-8000-000000000007', 'reverses', '00000000-0000-4000-8000-000000000007'
            ),
            'transfers_reverses_check', 'nor does anything take itself back'
        ),
        ('{"kind": "A Gift"}', 'transfers_kind_check', 'kinds are words'),
        ('{"request_hash": "\\x00"}', 'transfers_request_hash_check', 'a hash is a hash'),
        ('{"expires_at": "2100-01-01"}', 'transfers_expires_at_check', 'only what is pending expires'),
        (
            jsonb_build_object('parent_id', tests.transfer('held')), 'transfers_parent_id_check',
            'a child says what it does'
        ),
        ('{"resolution": "voided"}', 'transfers_resolution_id_check', 'what is resolved, by something'),
        (
            jsonb_build_object('resolution', 'voided', 'resolution_id', tests.transfer('held')),
            'transfers_resolution_id_check', 'only what is pending is resolved'
        ),
        (
            jsonb_build_object('parent_id', tests.transfer('held'), 'resolves_as', 'pending'),
            'transfers_resolved_check', 'what resolves leaves nothing pending'
        ),
        (
            jsonb_build_object('resolution', 'pending', 'resolution_id', tests.transfer('held'), 'pending', true),
            'transfers_resolved_check', 'nor is that what became of it'
        ),
        (
            jsonb_build_object('reverses', tests.transfer('held'), 'pending', true), 'transfers_reverses_check',
            'taking back is not pending'
        ),
        (
            jsonb_build_object('reverses', gen_random_uuid()), 'transfers_tenant_id_reverses_fkey',
            'what is taken back, is'
        ),
        (
            jsonb_build_object('linked_to', gen_random_uuid()), 'transfers_tenant_id_linked_to_fkey',
            'what it belongs with, is'
        ),
        (jsonb_build_object('reason', repeat('x', 2001)), 'transfers_reason_check', 'reasons are short')
) as v (changes, broken, promise);
select tests.violates(
    tests.committed(
        tests.variant(
            'value.transfers',
            jsonb_build_object(
                'idempotency_key', 'z', 'parent_id', tests.transfer('held'), 'resolves_as', 'voided'
            ),
            $$t.idempotency_key = 'gift'$$
        )
    ),
    'transfers_parent_fkey', 'what resolves a transfer is named by it'
);

-- Assets and accounts.

select tests.violates(tests.variant('value.assets', changes), broken, promise)
from (
    values
        ('{}'::jsonb, 'assets_pkey', 'a code means one thing'),
        ('{"code": "cad"}', 'assets_code_check', 'codes are in capitals'),
        ('{"code": "CADS"}', 'assets_code_check', 'a currency has three letters'),
        ('{"code": "USD", "scale": 19}', 'assets_scale_check', 'it has 18 decimals at most'),
        ('{"code": "USD", "scale": -1}', 'assets_scale_check', 'and none at the least'),
        ('{"code": "USD", "name": " "}', 'assets_name_check', 'and a name'),
        (jsonb_build_object('code', 'USD', 'name', repeat('x', 201)), 'assets_name_check', 'that is short')
) as v (changes, broken, promise);
select tests.violates(tests.variant('value.accounts', changes, $$t.system_key = 'four'$$), broken, promise)
from (
    values
        ('{"may_go_negative": false}'::jsonb, 'accounts_owner_key', 'there is one account of a kind'),
        ('{"asset": "USD"}', 'accounts_tenant_id_asset_fkey', 'of something that is counted'),
        ('{"system_key": "Four"}', 'accounts_system_key_check', 'called by a word'),
        ('{"kind": "Two words"}', 'accounts_kind_check', 'of a kind that is a word'),
        ('{"system_key": null}', 'accounts_owner_check', 'which belongs to somebody'),
        (
            jsonb_build_object('scope_id', tests.scope('heron')), 'accounts_owner_check', 'and not to two'
        )
) as v (changes, broken, promise);

select is_empty($$select * from value.verify()$$, 'before: the ledger adds up');
select * from finish();
rollback;
