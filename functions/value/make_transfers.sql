-- Makes several transfers: all of them, or none. They are linked to the first. Asked again with the same keys, they are
-- the transfers that there are.

create or replace function value.make_transfers(orders value.transfer_order[])
returns uuid[]
language plpgsql
volatile
security definer -- the ledger is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    ordered value.transfer_order;
    made uuid[] := '{}';
begin
    -- All accounts before the first transfer, or two who make the same ones in another order wait for each other.
    perform
    from value.accounts a
    where a.id in (select l.account_id from unnest(orders) o cross join unnest(o.legs) l)
    order by a.id
    for no key update;
    foreach ordered in array orders loop
        made := made || value._make_transfer(ordered, orders[1].idempotency_key, made[1]);
    end loop;
    return made;
end
$$;

comment on function value.make_transfers(value.transfer_order[]) is
    E'Makes several transfers: all of them, or none. Returns their ids, in this order.\n'
    'orders: The transfers.';

revoke execute on function value.make_transfers(value.transfer_order[]) from public;
grant execute on function value.make_transfers(value.transfer_order[]) to authenticated, service_role;
