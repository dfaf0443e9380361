-- Recounts the ledger: each entry leaves what all up to it come to, each transfer comes to nothing in each asset, and
-- what was taken back is said of what came in and was shared. The keys refuse anything else; this finds what got past
-- them, in a copy or with constraints switched off. Empty when all is well.

create or replace function value.verify()
returns table (tenant_id uuid, account_id uuid, transfer_id uuid, asset text, problem text)
language sql
stable
security definer -- recounts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    with recounted as (
        select
            e.tenant_id, e.account_id, e.asset, e.transfer_id,
            (e.number, e.balance_after, e.pending_in_after, e.pending_out_after, e.latest_on) = (
                count(*) over so_far, sum(e.amount) over so_far, sum(e.reserved_in) over so_far,
                sum(e.reserved_out) over so_far, max(e.effective_on) over so_far
            ) as adds_up
        from value.entries e
        window so_far as (partition by e.tenant_id, e.account_id order by e.number)
    ),
    moved as (
        select
            e.tenant_id, e.transfer_id, e.asset,
            sum(e.amount) as amount, sum(e.reserved_in) - sum(e.reserved_out) as reserved
        from value.entries e
        group by e.tenant_id, e.transfer_id, e.asset
    )
    select r.tenant_id, r.account_id, r.transfer_id, r.asset, 'does not leave what the entries come to'
    from recounted r
    where not r.adds_up
    union all
    select e.tenant_id, e.account_id, e.transfer_id, e.asset, 'is not of its account or transfer'
    from value.entries e
    where not exists (
            select
            from value.accounts a
            where (a.tenant_id, a.id, a.asset, a.may_go_negative)
                = (e.tenant_id, e.account_id, e.asset, e.may_go_negative)
        )
        or not exists (
            select
            from value.transfers t
            where (t.tenant_id, t.id, t.effective_on) = (e.tenant_id, e.transfer_id, e.effective_on)
        )
    union all
    select m.tenant_id, null, m.transfer_id, m.asset, 'does not add up to nothing'
    from moved m
    where m.amount <> 0 or m.reserved <> 0
    union all
    select t.tenant_id, null, t.id, null, 'has no entries'
    from value.transfers t
    where not exists (select from value.entries e where e.tenant_id = t.tenant_id and e.transfer_id = t.id)
    union all
    select v.tenant_id, v.account_id, v.transfer_id, v.asset, 'does not say what was taken back of it'
    from value.value_events v
    where v.transfer_id is not null and v.returned <> value._returned(v.tenant_id, v.transfer_id, v.account_id)
    union all
    select d.tenant_id, v.account_id, d.transfer_id, d.asset, 'does not say what was given back of it'
    from value.distributions d
    join value.value_events v on v.tenant_id = d.tenant_id and v.id = d.event_id
    where d.returned <> - value._returned(d.tenant_id, d.transfer_id, v.account_id)
$$;

comment on function value.verify() is 'What in the ledger does not add up: nothing, when all is well.';

revoke execute on function value.verify() from public;
grant execute on function value.verify() to service_role, empathy_auditor;
