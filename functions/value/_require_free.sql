-- What a transfer takes from accounts, which are locked, is theirs to give: it is there and not set aside, and no legal
-- hold covers it.

create or replace function value._require_free(tenant_id uuid, changes value.account_change[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    short boolean;
    held boolean;
begin
    select
        bool_or(not b.may_go_negative and b.balance - b.pending_out + c.amount - c.reserved_out < 0),
        bool_or(
            ops.is_held(
                coalesce(
                    a.scope_id,
                    (select w.scope_id from content.works w where w.tenant_id = a.tenant_id and w.id = a.work_id),
                    a.tenant_id
                ),
                a.person_id,
                case when s.kind = 'equity' then 'equity' when s.code = 'BUZ' then 'buz' else 'all' end
            )
        )
    into short, held
    from unnest(changes) c
    cross join lateral (
        select b.*
        from value.balances b
        where b.tenant_id = _require_free.tenant_id and b.account_id = c.account_id
        offset 0 -- looked up one by one, however many accounts there are
    ) b
    join value.accounts a on a.tenant_id = b.tenant_id and a.id = b.account_id
    join value.assets s on s.tenant_id = b.tenant_id and s.code = b.asset
    where c.amount < 0 or c.reserved_out > 0;
    if held then
        perform core._refuse('held');
    end if;
    if short then
        perform core._refuse('funds_missing');
    end if;
end
$$;

comment on function value._require_free(uuid, value.account_change[]) is
    'Refuses to take what is not there, or is held.';

revoke execute on function value._require_free(uuid, value.account_change[]) from public;
