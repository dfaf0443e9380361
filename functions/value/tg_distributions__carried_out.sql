-- A distribution is carried out by a transfer that does just what was decided: out of the account into which it came,
-- to each recipient's own, their share; and never more than is left of it, not even by two at once.

create or replace function value.tg_distributions__carried_out()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_read_committed();
    perform from value.value_events e where e.tenant_id = new.tenant_id and e.id = new.event_id for no key update;
    if value._left_to_share(new.tenant_id, new.event_id) < 0 then
        perform core._refuse('funds_missing');
    end if;
    if exists (
        select
        from (
            select a.id as account_id, sum(m.amount) as amount
            from (
                select r.person_id, r.scope_id, r.amount
                from value.recipients r
                where r.tenant_id = new.tenant_id and r.distribution_id = new.id
            ) m
            left join value.accounts a
                on a.tenant_id = new.tenant_id and a.asset = new.asset and a.kind = 'main'
                and (a.person_id = m.person_id or a.scope_id = m.scope_id)
            group by a.id
            union all
            select e.account_id, - new.amount
            from value.value_events e
            where e.tenant_id = new.tenant_id and e.id = new.event_id
        ) due
        full join (
            select e.account_id, e.amount
            from value.entries e
            where e.tenant_id = new.tenant_id and e.transfer_id = new.transfer_id
        ) done using (account_id)
        group by account_id
        having coalesce(sum(due.amount), 0) <> coalesce(max(done.amount), 0)
    ) then
        perform core._refuse('shares_otherwise');
    end if;
    return null;
end
$$;

comment on function value.tg_distributions__carried_out() is
    'Refuses a transfer that does otherwise than was decided.';

revoke execute on function value.tg_distributions__carried_out() from public;
