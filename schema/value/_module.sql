-- The module value: what is it worth, to whom? One double-entry ledger over everything that can be counted: money,
-- tokens, equity, credits.

create schema value;

comment on schema value is 'What is it worth, to whom? One double-entry ledger for money, tokens, equity and credits.';

grant usage on schema value to anon, authenticated, service_role, empathy_auditor;

create type value.asset_kind as enum ('currency', 'token', 'equity', 'credit');
comment on type value.asset_kind is
    E'What kind of thing is counted.\n'
    'currency: Money.\n'
    'token: A token of one''s own making.\n'
    'equity: Parts of a venture.\n'
    'credit: What somebody is owed, such as hours or seats.';

create type value.transfer_state as enum ('posted', 'pending', 'voided', 'expired');
comment on type value.transfer_state is
    E'What came of a transfer.\n'
    'posted: It happened.\n'
    'pending: What it would take is set aside, until it is posted, voided, or expires.\n'
    'voided: It was called off: what was set aside is free again.\n'
    'expired: Nobody posted it in time: what was set aside is free again.';

create type value.leg as (
    account_id uuid,
    amount bigint
);
comment on type value.leg is 'What an account gets by a transfer, or gives.';
comment on column value.leg.account_id is 'The account.';
comment on column value.leg.amount is 'How much it gets, in the smallest unit of its asset; below zero, gives.';

create type value.account_change as (
    account_id uuid,
    amount bigint,
    reserved_in bigint,
    reserved_out bigint
);
comment on type value.account_change is 'What a transfer does to an account.';

create type value.transfer_order as (
    idempotency_key text,
    kind text,
    legs value.leg[],
    pending boolean,
    expires_at timestamptz,
    effective_on date,
    reason text
);
comment on type value.transfer_order is 'A transfer that is asked for together with others.';
comment on column value.transfer_order.idempotency_key is
    'By which you know it. Asked again with the same, it happens no second time.';
comment on column value.transfer_order.kind is 'What it is: a donation, a payout, a share.';
comment on column value.transfer_order.legs is 'What each account gets or gives; of every asset it adds up to nothing.';
comment on column value.transfer_order.pending is 'Whether it is only set aside, until it is posted.';
comment on column value.transfer_order.expires_at is 'Until when it can be posted.';
comment on column value.transfer_order.effective_on is
    'The day from which it counts; today, unless told otherwise.';
comment on column value.transfer_order.reason is 'Why.';

create type value.share as (
    person_id uuid,
    scope_id uuid,
    weight bigint
);
comment on type value.share is 'How much of what is shared somebody is to get, beside others.';
comment on column value.share.person_id is 'The person, if it is one.';
comment on column value.share.scope_id is 'The place, project or organization, if it is one.';
comment on column value.share.weight is 'How much beside the others: who has twice the weight gets twice as much.';

create type value.asset_amount as (
    asset text,
    amount bigint
);
comment on type value.asset_amount is 'How much of an asset.';
comment on column value.asset_amount.asset is 'Of what.';
comment on column value.asset_amount.amount is 'How much, in the smallest unit of the asset.';
