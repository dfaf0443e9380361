-- Whoever calls a pending transfer off is the one to whom it was to go, or keeps the organization's books.

create or replace function value._require_receiver(transfer_id uuid)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    tenant uuid;
    receivers uuid[];
begin
    select e.tenant_id, array_agg(e.account_id) into tenant, receivers
    from value.transfers t
    join value.entries e on e.tenant_id = t.tenant_id and e.transfer_id = t.id
    where t.id = _require_receiver.transfer_id and e.reserved_in > 0
    group by e.tenant_id;
    if tenant is null then
        perform core._refuse('not_found', 'transfer');
    end if;
    if not core.can('value.manage', tenant) then
        perform value._require_spendable(tenant, receivers);
    end if;
end
$$;

comment on function value._require_receiver(uuid) is 'Refuses whoever is not the one to whom a transfer was to go.';

revoke execute on function value._require_receiver(uuid) from public;
