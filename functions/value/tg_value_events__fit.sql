-- What came in by a work came in where that belongs; what came in through the ledger is as much as was counted there.

create or replace function value.tg_value_events__fit()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    if new.work_id is not null then
        select w.scope_id into strict new.scope_id
        from content.works w
        where w.tenant_id = new.tenant_id and w.id = new.work_id;
    end if;
    if new.transfer_id is not null and not exists (
        select
        from value.entries e
        where e.tenant_id = new.tenant_id and e.transfer_id = new.transfer_id and e.account_id = new.account_id
            and e.asset = new.asset and e.amount = new.amount
    ) then
        perform core._refuse('not_found', 'entry');
    end if;
    return new;
end
$$;

comment on function value.tg_value_events__fit() is
    'Refuses what came in otherwise than the ledger says.';

revoke execute on function value.tg_value_events__fit() from public;
