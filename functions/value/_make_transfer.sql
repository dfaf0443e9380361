-- Makes a transfer, by itself or with others, of which the first one is named by its key and its id.

create or replace function value._make_transfer(
    ordered value.transfer_order,
    first_key text default null,
    first_id uuid default null
)
returns uuid
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan -- else planned anew for each list of accounts
as $$
declare
    changes constant value.account_change[] := value._changes(ordered.legs, coalesce(ordered.pending, false));
    tenant uuid;
begin
    if changes is null then
        perform core._refuse('transfer_unbalanced');
    end if;
    select a.tenant_id into tenant from value.accounts a where a.id = (changes[1]).account_id;
    if tenant is null then
        perform core._refuse('not_found', 'account');
    end if;
    perform value._require_spendable(
        tenant, array(select c.account_id from unnest(changes) c where c.amount < 0 or c.reserved_out > 0)
    );
    return value._record(
        tenant, ordered.kind, ordered.idempotency_key,
        (to_jsonb(ordered) - 'legs') || jsonb_build_object('changes', to_jsonb(changes), 'first', first_key),
        changes, coalesce(ordered.reason, ''), coalesce(ordered.effective_on, current_date),
        coalesce(ordered.pending, false), ordered.expires_at, linked_to => first_id
    );
end
$$;

comment on function value._make_transfer(value.transfer_order, text, uuid) is 'Makes a transfer.';

revoke execute on function value._make_transfer(value.transfer_order, text, uuid) from public;
