-- Whoever asks may give from these accounts: their own, or one that they keep for a place. Servers may give from all.

create or replace function value._require_spendable(tenant_id uuid, account_ids uuid[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    account record;
begin
    if core._is_service() then
        return;
    end if;
    perform core._require_person();
    perform core._require_open(tenant_id);
    for account in
        select a.person_id, coalesce(a.scope_id, w.scope_id, a.tenant_id) as scope_id
        from value.accounts a
        left join content.works w on w.tenant_id = a.tenant_id and w.id = a.work_id
        where a.tenant_id = _require_spendable.tenant_id and a.id = any (account_ids)
    loop
        if account.person_id is null then
            perform core._require('value.manage', account.scope_id);
        elsif account.person_id <> all (array(select core.my_people())) then
            perform core._refuse('not_yours', 'account');
        end if;
    end loop;
end
$$;

comment on function value._require_spendable(uuid, uuid[]) is 'Refuses whoever may not give from these accounts.';

revoke execute on function value._require_spendable(uuid, uuid[]) from public;
