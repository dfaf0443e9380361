-- What becomes of a pending transfer: a child that frees what was set aside, and posts the whole of it or a part. Once:
-- of two who try, the second finds it done. (Above read committed value._record refuses; what is done already is only
-- answered.)

create or replace function value._resolve(
    transfer_id uuid,
    resolution value.transfer_state,
    idempotency_key text,
    request jsonb,
    legs value.leg[] default null,
    reason text default ''
)
returns uuid
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    parent record;
    recorded record;
    moved value.leg[];
    child_id uuid;
begin
    select t.tenant_id, t.id, t.kind, t.state, t.expires_at, t.resolution_id into parent
    from value.transfers t
    where t.id = _resolve.transfer_id
    for no key update;
    if resolution = 'posted' then
        moved := coalesce(
            legs,
            array(
                select row(e.account_id, e.reserved_in - e.reserved_out)::value.leg
                from value.entries e
                where e.tenant_id = parent.tenant_id and e.transfer_id = parent.id
            )
        );
    end if;
    if parent.state <> 'pending' then
        -- Asked for again, with the same key, it is answered; with another, it is too late.
        select t.idempotency_key, t.request_hash into recorded
        from value.transfers t
        where t.tenant_id = parent.tenant_id and t.id = parent.resolution_id;
        if (recorded.idempotency_key, recorded.request_hash)
            is distinct from (_resolve.idempotency_key, sha256(convert_to(request::text, 'utf8')))
        then
            perform core._refuse('transfer_state', parent.state::text);
        end if;
        return parent.resolution_id;
    end if;
    if resolution = 'posted' and parent.expires_at <= clock_timestamp() then
        perform core._refuse('transfer_state', 'expired');
    end if;
    child_id := value._record(
        parent.tenant_id, parent.kind, idempotency_key, request,
        array(
            -- What is asked for elsewhere is carried along, and refused by value.tg_entries__balance().
            select
                row(
                    account_id, coalesce(l.amount, 0), coalesce(- e.reserved_in, 0), coalesce(- e.reserved_out, 0)
                )::value.account_change
            from (
                select e.account_id, e.reserved_in, e.reserved_out
                from value.entries e
                where e.tenant_id = parent.tenant_id and e.transfer_id = parent.id
            ) e
            full join (
                select l.account_id, sum(l.amount)::bigint as amount from unnest(moved) l group by l.account_id
            ) l using (account_id)
            order by account_id
        ),
        reason, current_date, parent_id => parent.id, resolves_as => resolution
    );
    update value.transfers t
    set resolution_id = child_id, resolution = _resolve.resolution
    where t.tenant_id = parent.tenant_id and t.id = parent.id;
    return child_id;
end
$$;

comment on function value._resolve(uuid, value.transfer_state, text, jsonb, value.leg[], text) is
    'Posts, voids or ends a pending transfer, once.';

revoke execute on function value._resolve(uuid, value.transfer_state, text, jsonb, value.leg[], text) from public;
