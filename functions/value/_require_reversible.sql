-- Of a transfer no more is taken back than it moved, in each of its accounts: not even by two at once.

create or replace function value._require_reversible(transfer_ids uuid[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_read_committed();
    perform from value.transfers t where t.id = any (transfer_ids) order by t.id for no key update;
    if exists (
        select
        from (
            select t.tenant_id, t.reverses, e.account_id, sum(e.amount) as amount
            from value.transfers t
            join value.entries e on e.tenant_id = t.tenant_id and e.transfer_id = t.id
            where t.reverses = any (transfer_ids)
            group by t.tenant_id, t.reverses, e.account_id
        ) back
        left join value.entries e
            on e.tenant_id = back.tenant_id and e.transfer_id = back.reverses and e.account_id = back.account_id
        where (back.amount between least(- e.amount, 0) and greatest(- e.amount, 0)) is not true
    ) then
        perform core._refuse('reversal_exceeds');
    end if;
end
$$;

comment on function value._require_reversible(uuid[]) is 'Refuses to take back more than was moved.';

revoke execute on function value._require_reversible(uuid[]) from public;
