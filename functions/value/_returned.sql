-- How much of a transfer an account gave back by what reversed it; below zero, how much it got back.

create or replace function value._returned(tenant_id uuid, transfer_id uuid, account_id uuid)
returns bigint
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(- sum(e.amount), 0)::bigint
    from value.transfers t
    join value.entries e on e.tenant_id = t.tenant_id and e.transfer_id = t.id
    where t.tenant_id = _returned.tenant_id and t.reverses = _returned.transfer_id
        and e.account_id = _returned.account_id
$$;

comment on function value._returned(uuid, uuid, uuid) is 'How much of a transfer an account gave back.';

revoke execute on function value._returned(uuid, uuid, uuid) from public;
