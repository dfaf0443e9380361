-- Calls a pending transfer off: what was set aside is free again. That is for those to whom it was to go, and for
-- whoever keeps the organization's books: whoever set it aside gave their word.

create or replace function value.void_transfer(transfer_id uuid, idempotency_key text, reason text default '')
returns uuid
language plpgsql
volatile
security definer -- the ledger is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform value._require_receiver(transfer_id);
    return value._resolve(
        transfer_id, 'voided', idempotency_key, jsonb_build_object('voids', transfer_id, 'reason', reason),
        reason => reason
    );
end
$$;

comment on function value.void_transfer(uuid, text, text) is
    E'Calls a pending transfer off, and returns the id of the transfer that does.\n'
    'idempotency_key: By which you know it. Asked again with the same, it happens no second time.\n'
    'reason: Why.';

revoke execute on function value.void_transfer(uuid, text, text) from public;
grant execute on function value.void_transfer(uuid, text, text) to authenticated, service_role;
