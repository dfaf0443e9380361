-- Whoever posts, voids or reverses a transfer may give from all accounts that it takes from, or took.

create or replace function value._require_mine(transfer_id uuid)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    tenant uuid;
    givers uuid[];
begin
    select e.tenant_id, array_agg(e.account_id) into tenant, givers
    from value.transfers t
    join value.entries e on e.tenant_id = t.tenant_id and e.transfer_id = t.id
    where t.id = _require_mine.transfer_id and (e.amount < 0 or e.reserved_out > 0)
    group by e.tenant_id;
    if tenant is null then
        perform core._refuse('not_found', 'transfer');
    end if;
    perform value._require_spendable(tenant, givers);
end
$$;

comment on function value._require_mine(uuid) is 'Refuses whoever may not give what a transfer gives.';

revoke execute on function value._require_mine(uuid) from public;
