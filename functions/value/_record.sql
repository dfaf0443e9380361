-- Writes a transfer and its entries, once for each key: asked again with the same, it answers the transfer that there
-- is. Accounts are locked in the order of their ids, so that two transfers wait for each other, and not both for ever.

create or replace function value._record(
    tenant_id uuid,
    kind text,
    idempotency_key text,
    request jsonb,
    changes value.account_change[],
    reason text,
    effective_on date,
    pending boolean default false,
    expires_at timestamptz default null,
    parent_id uuid default null,
    resolves_as value.transfer_state default null,
    reverses uuid default null,
    linked_to uuid default null
)
returns uuid
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan -- else planned anew for each list of accounts
as $$
declare
    hash constant bytea := sha256(convert_to(request::text, 'utf8'));
    me constant uuid := core.me();
    transfer_id uuid;
    known bytea;
    locked integer;
begin
    perform core._require_read_committed();
    insert into value.transfers as t (
        tenant_id, kind, idempotency_key, request_hash, effective_on, pending, expires_at, parent_id, resolves_as,
        reverses, linked_to, reason, made_by
    )
    values (
        _record.tenant_id, _record.kind, _record.idempotency_key, hash, _record.effective_on, _record.pending,
        _record.expires_at, _record.parent_id, _record.resolves_as, _record.reverses, _record.linked_to,
        _record.reason, me
    )
    on conflict on constraint transfers_idempotency_key_key do nothing
    returning t.id into transfer_id;
    if not found then
        select t.id, t.request_hash into strict transfer_id, known
        from value.transfers t
        where t.tenant_id = _record.tenant_id
            and t.made_by is not distinct from me
            and t.idempotency_key = _record.idempotency_key;
        if known <> hash then
            perform core._refuse('key_reused');
        end if;
        return transfer_id;
    end if;
    if expires_at <= now() then
        perform core._refuse('ends_before_now');
    end if;

    perform
    from value.accounts a
    where a.tenant_id = _record.tenant_id and a.id = any (array(select c.account_id from unnest(changes) c))
    order by a.id
    for no key update;
    get diagnostics locked = row_count;
    if locked <> cardinality(changes) then
        perform core._refuse('not_found', 'account');
    end if;
    perform value._require_free(_record.tenant_id, changes);

    insert into value.entries (
        tenant_id, account_id, number, asset, may_go_negative, transfer_id, effective_on, amount, reserved_in,
        reserved_out, balance_after, pending_in_after, pending_out_after, latest_before
    )
    select
        b.tenant_id, b.account_id, b.entries + 1, b.asset, b.may_go_negative, transfer_id, _record.effective_on,
        c.amount, c.reserved_in, c.reserved_out, b.balance + c.amount, b.pending_in + c.reserved_in,
        b.pending_out + c.reserved_out, b.latest_on
    from unnest(changes) c
    cross join lateral (
        select b.*
        from value.balances b
        where b.tenant_id = _record.tenant_id and b.account_id = c.account_id
        offset 0 -- looked up one by one, however many accounts there are
    ) b;
    return transfer_id;
end
$$;

comment on function value._record(
    uuid, text, text, jsonb, value.account_change[], text, date, boolean, timestamptz, uuid, value.transfer_state, uuid,
    uuid
) is 'Writes a transfer and its entries, once for each key.';

revoke execute on function value._record(
    uuid, text, text, jsonb, value.account_change[], text, date, boolean, timestamptz, uuid, value.transfer_state, uuid,
    uuid
) from public;
