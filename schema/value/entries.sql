-- What a transfer did to each of its accounts: one entry each. An account's entries are a chain: each begins with what
-- the one before left, by a key; what the last one left is what there is. Amounts of one transfer add up to nothing, in
-- each asset; what is set aside to go out somewhere, is set aside to come in elsewhere. What is set aside counts as
-- given: it has to be there, unless the account may go below zero.
--
-- Each also knows the latest day of all up to it (latest_on), which never goes back. So what there was on a day is what
-- the last entry left that knew of no later day, and what late ones brought since: nothing else is added up
-- (value.balance_on).

create table value.entries (
    tenant_id uuid not null,
    account_id uuid not null,
    number bigint not null,
    asset text not null,
    may_go_negative boolean not null,
    transfer_id uuid not null,
    effective_on date not null,
    amount bigint not null,
    reserved_in bigint not null default 0,
    reserved_out bigint not null default 0,
    balance_after bigint not null,
    pending_in_after bigint not null,
    pending_out_after bigint not null,
    latest_before date,
    latest_on date not null generated always as (greatest(latest_before, effective_on)) stored,
    late boolean not null generated always as (coalesce(effective_on < latest_before, false)) stored,
    previous bigint generated always as (nullif(number - 1, 0)) stored,
    balance_before bigint not null generated always as (balance_after - amount) stored,
    pending_in_before bigint not null generated always as (pending_in_after - reserved_in) stored,
    pending_out_before bigint not null generated always as (pending_out_after - reserved_out) stored,
    constraint entries_pkey primary key (tenant_id, account_id, number),
    -- For the entry after it.
    constraint entries_left_key
        unique (tenant_id, account_id, number, balance_after, pending_in_after, pending_out_after, latest_on),
    constraint entries_tenant_id_transfer_id_account_id_key unique (tenant_id, transfer_id, account_id),
    constraint entries_account_fkey
        foreign key (tenant_id, account_id, asset, may_go_negative)
        references value.accounts (tenant_id, id, asset, may_go_negative),
    constraint entries_tenant_id_transfer_id_effective_on_fkey
        foreign key (tenant_id, transfer_id, effective_on) references value.transfers (tenant_id, id, effective_on),
    constraint entries_previous_fkey
        foreign key (
            tenant_id, account_id, previous, balance_before, pending_in_before, pending_out_before, latest_before
        )
        references value.entries (
            tenant_id, account_id, number, balance_after, pending_in_after, pending_out_after, latest_on
        ),
    constraint entries_number_check check (number >= 1),
    constraint entries_first_check check (
        number > 1 or (balance_before, pending_in_before, pending_out_before) = (0, 0, 0)
    ),
    constraint entries_latest_before_check check ((latest_before is null) = (number = 1)),
    constraint entries_amount_check check ((amount, reserved_in, reserved_out) <> (0, 0, 0)),
    constraint entries_pending_check check (pending_in_after >= 0 and pending_out_after >= 0),
    constraint entries_balance_check check (may_go_negative or balance_after >= pending_out_after)
);

-- What counts from a day: in time, or late.
create index entries_latest_on_idx
on value.entries (tenant_id, account_id, latest_on, number) include (amount, balance_after, late);

create index entries_late_idx
on value.entries (tenant_id, account_id, effective_on) include (number, amount) where late;

create trigger _010_append_only
before update or delete or truncate on value.entries
for each statement execute function audit.tg__append_only();

create trigger _100_balance
after insert on value.entries
referencing new table as written
for each statement execute function value.tg_entries__balance();

comment on table value.entries is 'What each transfer did to each of its accounts.';
comment on column value.entries.tenant_id is 'The organization.';
comment on column value.entries.account_id is 'The account.';
comment on column value.entries.number is 'Which entry of the account, from 1.';
comment on column value.entries.asset is 'Of what: the account''s asset.';
comment on column value.entries.may_go_negative is 'Whether the account may go below zero.';
comment on column value.entries.transfer_id is 'The transfer.';
comment on column value.entries.effective_on is 'The day from which it counts: the transfer''s.';
comment on column value.entries.amount is
    'How much the account got, in the smallest unit of its asset; below zero, gave.';
comment on column value.entries.reserved_in is
    'How much more may still come in by pending transfers; below zero, less.';
comment on column value.entries.reserved_out is 'How much more is set aside for pending transfers; below zero, less.';
comment on column value.entries.balance_after is 'How much there was afterwards.';
comment on column value.entries.pending_in_after is 'How much could still come in afterwards.';
comment on column value.entries.pending_out_after is 'How much was set aside afterwards.';
comment on column value.entries.latest_before is 'The latest day from which an entry before it counts.';
comment on column value.entries.latest_on is 'The latest day from which it counts, or an entry before it.';
comment on column value.entries.late is 'Whether it counts from a day before one that was written already.';
comment on column value.entries.previous is 'The entry of the account before.';
comment on column value.entries.balance_before is 'How much there was before.';
comment on column value.entries.pending_in_before is 'How much could still come in before.';
comment on column value.entries.pending_out_before is 'How much was set aside before.';
