-- sizes: 1000000
-- A ledger: somebody with 16,000 small accounts, and one with as many entries as the world is large, over three years,
-- one in a hundred of them written a month late. Beside it, the same accounts kept in two other ways.

create schema bench authorization empathy_owner;
set local role empathy_owner; -- as whoever migrates

insert into core.organizations (id, slug, name)
values ('0b000000-0000-4000-8000-000000000000', 'bench', 'Bench');
insert into core.people (id, display_name) values ('0b000000-0000-4000-8000-000000000001', 'Keeper');
insert into value.assets (tenant_id, code, kind, scale, name)
values ('0b000000-0000-4000-8000-000000000000', 'CAD', 'currency', 2, 'Dollar');

create table bench.viewers as
select
    'keeper'::text as name, '0b000000-0000-4000-8000-000000000001'::uuid as id, '{}'::uuid[] as scopes,
    '0a000000-0000-4000-8000-ffffffffffff'::uuid as friend;

-- The account of a number; the one with many entries has none.
create function bench.account(n integer)
returns uuid
language sql
immutable
as $$ select ('0a000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;

-- Of one, much is given; it may go below zero, like the world outside.
insert into value.accounts (tenant_id, id, asset, person_id, kind, may_go_negative)
select
    '0b000000-0000-4000-8000-000000000000'::uuid, bench.account(n), 'CAD',
    '0b000000-0000-4000-8000-000000000001'::uuid, 'of_' || translate(n::text, '0123456789', 'abcdefghij'), n = 0
from generate_series(0, 16000) n
union all
select '0b000000-0000-4000-8000-000000000000', v.friend, 'CAD', v.id, 'main', false from bench.viewers v;

reset role;
-- What triggers check, and the log notes, is not what is measured of reading: a million transfers as if made one by one.
set local session_replication_role = replica;
insert into value.transfers (tenant_id, id, kind, idempotency_key, request_hash, effective_on, made_by)
select
    '0b000000-0000-4000-8000-000000000000', ('0c000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'gift',
    n::text, sha256(''),
    '2024-01-01'::date + (n * 1000 / current_setting('bench.size')::bigint)::integer
    - case when n % 100 = 0 then 30 else 0 end,
    '0b000000-0000-4000-8000-000000000001'
from generate_series(1, current_setting('bench.size')::bigint) n;
insert into value.entries (
    tenant_id, account_id, number, asset, may_go_negative, transfer_id, effective_on, amount, balance_after,
    pending_in_after, pending_out_after, latest_before
)
select
    t.tenant_id, case sign when 1 then v.friend else bench.account(0) end, t.idempotency_key::bigint, 'CAD', sign = -1,
    t.id, t.effective_on, sign * 100, sign * 100 * t.idempotency_key::bigint, 0, 0,
    max(t.effective_on) over (
        partition by sign order by t.idempotency_key::bigint rows between unbounded preceding and 1 preceding
    )
from value.transfers t
cross join bench.viewers v
cross join unnest('{1,-1}'::integer[]) sign;
set local session_replication_role = origin;

set local role empathy_owner;
set local request.jwt.claims = '{"person": "0b000000-0000-4000-8000-000000000001"}';
select value.make_transfer(
    'fund', 'grant',
    array_agg(row(bench.account(n), case when n = 0 then -16000 else 1 end * 100000000::bigint)::value.leg)
)
from generate_series(0, 16000) n;
reset role;

-- Two updates: what is there, and nothing else is kept.
create table bench.plain_accounts (
    id uuid primary key,
    balance bigint not null,
    check (balance >= 0 or id = '0a000000-0000-4000-8000-000000000000')
)
with (fillfactor = 50);
insert into bench.plain_accounts
select bench.account(n), case when n = 0 then -16000 else 1 end * 100000000::bigint from generate_series(0, 16000) n;

-- In the manner of pgledger: accounts that say what there is, transfers, and two entries each.
create table bench.kept_accounts (
    id text primary key,
    name text not null,
    currency text not null,
    balance numeric not null default 0,
    version bigint not null default 0,
    allow_negative_balance boolean not null,
    allow_positive_balance boolean not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create table bench.kept_transfers (
    id text primary key,
    from_account_id text not null references bench.kept_accounts (id),
    to_account_id text not null references bench.kept_accounts (id),
    amount numeric not null check (amount > 0),
    created_at timestamptz not null default now(),
    event_at timestamptz not null default now(),
    metadata jsonb,
    check (from_account_id <> to_account_id)
);
create index on bench.kept_transfers (from_account_id);
create index on bench.kept_transfers (to_account_id);
create table bench.kept_entries (
    id text primary key,
    account_id text not null references bench.kept_accounts (id),
    transfer_id text not null references bench.kept_transfers (id),
    amount numeric not null,
    account_previous_balance numeric not null,
    account_current_balance numeric not null,
    account_version bigint not null,
    created_at timestamptz not null default now()
);
create index on bench.kept_entries (account_id);
create index on bench.kept_entries (transfer_id);
insert into bench.kept_accounts (id, name, currency, balance, allow_negative_balance, allow_positive_balance)
select
    bench.account(n)::text, 'Account ' || n, 'CAD', case when n = 0 then -16000 else 1 end * 100000000::bigint, n = 0,
    true
from generate_series(0, 16000) n;

create table bench.ways (nth integer, name text, says text, at_most integer);
insert into bench.ways
values
    (1, 'ours', 'value.make_transfer', null),
    (2, 'plain', 'two updates in a function, nothing else kept', null),
    (3, 'kept', 'a function in the manner of pgledger', null);

create function bench.move_ours(giver integer, getter integer)
returns void
language plpgsql
as $$
begin
    perform value.make_transfer(
        gen_random_uuid()::text, 'gift',
        array[row(bench.account(giver), -1), row(bench.account(getter), 1)]::value.leg[]
    );
end
$$;

create function bench.many_ours(parts integer)
returns void
language plpgsql
as $$
begin
    perform value.make_transfer(
        gen_random_uuid()::text, 'gift',
        (
            select array_agg(row(bench.account(n), case when n = 0 then 1 - parts else 1 end)::value.leg)
            from generate_series(0, parts - 1) n
        )
    );
end
$$;

create function bench.move_plain(giver integer, getter integer)
returns void
language plpgsql
as $$
declare
    first_one constant integer := least(giver, getter);
    other_one constant integer := greatest(giver, getter);
begin
    update bench.plain_accounts
    set balance = balance + case when first_one = giver then -1 else 1 end
    where id = bench.account(first_one);
    update bench.plain_accounts
    set balance = balance + case when other_one = giver then -1 else 1 end
    where id = bench.account(other_one);
end
$$;

create function bench.move_kept(giver integer, getter integer)
returns void
language plpgsql
as $$
declare
    from_account constant text := bench.account(giver)::text;
    to_account constant text := bench.account(getter)::text;
    transfer constant text := core.new_id()::text;
    found record;
begin
    perform from bench.kept_accounts a where a.id in (from_account, to_account) order by a.id for update;
    insert into bench.kept_transfers (id, from_account_id, to_account_id, amount)
    values (transfer, from_account, to_account, 1);
    update bench.kept_accounts a
    set balance = a.balance - 1, version = a.version + 1, updated_at = now()
    where a.id = from_account
    returning a.balance, a.version, a.allow_negative_balance into found;
    if found.balance < 0 and not found.allow_negative_balance then
        raise exception 'the balance would be negative';
    end if;
    insert into bench.kept_entries (
        id, account_id, transfer_id, amount, account_previous_balance, account_current_balance, account_version
    )
    values (core.new_id()::text, from_account, transfer, -1, found.balance + 1, found.balance, found.version);
    update bench.kept_accounts a
    set balance = a.balance + 1, version = a.version + 1, updated_at = now()
    where a.id = to_account
    returning a.balance, a.version, a.allow_positive_balance into found;
    if found.balance > 0 and not found.allow_positive_balance then
        raise exception 'the balance would be positive';
    end if;
    insert into bench.kept_entries (
        id, account_id, transfer_id, amount, account_previous_balance, account_current_balance, account_version
    )
    values (core.new_id()::text, to_account, transfer, 1, found.balance - 1, found.balance, found.version);
end
$$;

-- Of the others, a transfer has two ends: many are as many transfers.
create function bench.many_plain(parts integer)
returns void
language plpgsql
as $$
begin
    perform bench.move_plain(0, n) from generate_series(1, parts - 1) n;
end
$$;

create function bench.many_kept(parts integer)
returns void
language plpgsql
as $$
begin
    perform bench.move_kept(0, n) from generate_series(1, parts - 1) n;
end
$$;
