-- Takes a posted transfer back, or a part of it: never more than it moved, however often a part is taken back.

create or replace function value.reverse_transfer(
    transfer_id uuid,
    idempotency_key text,
    legs value.leg[] default null,
    reason text default ''
)
returns uuid
language plpgsql
volatile
security definer -- the ledger is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    reversed record;
    back value.account_change[];
begin
    select t.tenant_id, t.kind into reversed from value.transfers t where t.id = reverse_transfer.transfer_id;
    if reversed.tenant_id is null then
        perform core._refuse('not_found', 'transfer');
    end if;
    back := value._changes(
        coalesce(
            legs,
            array(
                select row(e.account_id, - e.amount)::value.leg
                from value.entries e
                where e.tenant_id = reversed.tenant_id and e.transfer_id = reverse_transfer.transfer_id
            )
        ),
        false
    );
    if back is null then
        perform core._refuse('transfer_state', 'pending');
    end if;
    perform value._require_spendable(
        reversed.tenant_id, array(select c.account_id from unnest(back) c where c.amount < 0)
    );
    return value._record(
        reversed.tenant_id, reversed.kind, idempotency_key,
        jsonb_build_object('reverses', transfer_id, 'changes', to_jsonb(back), 'reason', reason),
        back, reason, current_date, reverses => transfer_id
    );
end
$$;

comment on function value.reverse_transfer(uuid, text, value.leg[], text) is
    E'Takes a posted transfer back, and returns the id of the transfer that does.\n'
    'idempotency_key: By which you know it. Asked again with the same, it happens no second time.\n'
    'legs: What each account gets back or gives back, where it is a part.\n'
    'reason: Why.';

revoke execute on function value.reverse_transfer(uuid, text, value.leg[], text) from public;
grant execute on function value.reverse_transfer(uuid, text, value.leg[], text) to authenticated, service_role;
