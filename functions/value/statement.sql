-- What an account got and gave from one day to another, by the days from which it counts, and what there was after
-- each.

create or replace function value.statement(account_id uuid, from_day date, until_day date)
returns table (
    effective_on date,
    transfer_id uuid,
    kind text,
    reason text,
    amount bigint,
    balance bigint
)
language sql
stable
security invoker -- as far as whoever asks may read the account
set search_path = pg_catalog, pg_temp
as $$
    with account as materialized (
        select a.tenant_id, a.id, value.balance_on(a.id, from_day - 1) as balance
        from value.accounts a
        where a.id = statement.account_id
    ),
    counting as (
        select e.tenant_id, e.effective_on, e.number, e.transfer_id, e.amount
        from account a
        join value.entries e on e.tenant_id = a.tenant_id and e.account_id = a.id
        where not e.late and e.latest_on between from_day and until_day
        union all
        select e.tenant_id, e.effective_on, e.number, e.transfer_id, e.amount
        from account a
        join value.entries e on e.tenant_id = a.tenant_id and e.account_id = a.id
        where e.late and e.effective_on between from_day and until_day
    )
    select
        c.effective_on, c.transfer_id, t.kind, t.reason, c.amount,
        (a.balance + sum(c.amount) over (order by c.effective_on, c.number))::bigint
    from account a
    cross join counting c
    join value.transfers t on t.tenant_id = c.tenant_id and t.id = c.transfer_id
    where c.amount <> 0
    order by c.effective_on, c.number
$$;

comment on function value.statement(uuid, date, date) is
    E'What an account got and gave from one day to another.\n'
    'account_id: The account.\n'
    'from_day: From this day.\n'
    'until_day: Until this day, which counts.\n'
    'effective_on: The day from which it counts.\n'
    'transfer_id: The transfer.\n'
    'kind: What it was.\n'
    'reason: Why.\n'
    'amount: How much the account got; below zero, gave.\n'
    'balance: How much there was then.';

revoke execute on function value.statement(uuid, date, date) from public;
grant execute on function value.statement(uuid, date, date) to authenticated, service_role, empathy_auditor;
