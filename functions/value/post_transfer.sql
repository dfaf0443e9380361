-- Posts a pending transfer, or a part of it; the rest is free again.

create or replace function value.post_transfer(
    transfer_id uuid,
    idempotency_key text,
    legs value.leg[] default null
)
returns uuid
language plpgsql
volatile
security definer -- the ledger is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform value._require_mine(transfer_id);
    return value._resolve(
        transfer_id, 'posted', idempotency_key,
        jsonb_build_object('posts', transfer_id, 'legs', to_jsonb(value._changes(legs, false))), legs
    );
end
$$;

comment on function value.post_transfer(uuid, text, value.leg[]) is
    E'Posts a pending transfer, and returns the id of the transfer that does.\n'
    'idempotency_key: By which you know it. Asked again with the same, it happens no second time.\n'
    'legs: How much of it, where it is a part: for each account no more than was set aside.';

revoke execute on function value.post_transfer(uuid, text, value.leg[]) from public;
grant execute on function value.post_transfer(uuid, text, value.leg[]) to authenticated, service_role;
