-- Moves something among accounts, or sets it aside until it is posted. Every asset adds up to nothing. Asked again with
-- the same key, it answers the transfer that there is, and does nothing.

create or replace function value.make_transfer(
    idempotency_key text,
    kind text,
    legs value.leg[],
    pending boolean default false,
    expires_at timestamptz default null,
    effective_on date default null,
    reason text default ''
)
returns uuid
language plpgsql
volatile
security definer -- the ledger is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    return value._make_transfer(
        row(idempotency_key, kind, legs, pending, expires_at, effective_on, reason)::value.transfer_order
    );
end
$$;

comment on function value.make_transfer(text, text, value.leg[], boolean, timestamptz, date, text) is
    E'Moves something among accounts, or sets it aside, and returns the id of the transfer.\n'
    'idempotency_key: By which you know it. Asked again with the same, it happens no second time.\n'
    'kind: What it is: a donation, a payout, a share.\n'
    'legs: What each account gets or gives; of every asset it adds up to nothing.\n'
    'pending: Whether it is only set aside, until it is posted.\n'
    'expires_at: Until when it can be posted.\n'
    'effective_on: The day from which it counts; today, unless told otherwise.\n'
    'reason: Why.';

revoke execute on function value.make_transfer(
    text, text, value.leg[], boolean, timestamptz, date, text
) from public;
grant execute on function value.make_transfer(
    text, text, value.leg[], boolean, timestamptz, date, text
) to authenticated, service_role;
