-- What works that count brought in during a month: counted once, when the month is released. What is written down later
-- is in no figure.

create or replace function insights._count_earned(tenant_id uuid, month date)
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    with earned as materialized (
        select v.work_id, v.asset, sum(v.amount - v.returned) as amount
        from value.value_events v
        where v.tenant_id = _count_earned.tenant_id
            and v.occurred_on >= _count_earned.month
            and v.occurred_on < _count_earned.month + interval '1 month'
        group by v.work_id, v.asset
        having sum(v.amount - v.returned) > 0
    ),
    -- Whoever changes one of these at this moment does not wait for this, nor this for them; nor for who is being
    -- forgotten.
    counting as materialized (
        select c.*
        from insights.contributions c
        join core.people p on p.id = c.person_id
        where c.tenant_id = _count_earned.tenant_id
            and c.board = 'told'
            and c.during <> '{}'
            and c.work_id in (select e.work_id from earned e)
        for update of c skip locked
        for key share of p skip locked
    )
    insert into insights.contributions (
        tenant_id, work_id, board, kind, month, person_id, scope_id, level, project_id, amount, during
    )
    select
        c.tenant_id, c.work_id, 'earned', e.asset, _count_earned.month, c.person_id, c.scope_id, c.level, c.project_id,
        e.amount, c.during
    from earned e
    join counting c on c.work_id = e.work_id
    on conflict on constraint contributions_pkey do nothing
$$;

comment on function insights._count_earned(uuid, date) is 'Counts what works brought in during a month.';

revoke execute on function insights._count_earned(uuid, date) from public;
