-- What an account had at the end of a day, by the days from which its entries count: what the last entry left that knew
-- of no later day, and what came since that is late. However many entries there are, few of them are read.

create or replace function value.balance_on(account_id uuid, day date)
returns bigint
language sql
stable
security invoker -- as far as whoever asks may read the account
set search_path = pg_catalog, pg_temp
as $$
    select (
        coalesce(so_far.balance_after, 0) + coalesce(
            (
                select sum(e.amount)
                from value.entries e
                where e.tenant_id = a.tenant_id and e.account_id = a.id and e.late
                    and e.effective_on <= balance_on.day and e.number > coalesce(so_far.number, 0)
            ),
            0
        )
    )::bigint
    from value.accounts a
    left join lateral (
        select e.number, e.balance_after
        from value.entries e
        where e.tenant_id = a.tenant_id and e.account_id = a.id and e.latest_on <= balance_on.day
        order by e.latest_on desc, e.number desc
        limit 1
    ) so_far on true
    where a.id = balance_on.account_id
$$;

comment on function value.balance_on(uuid, date) is
    E'What an account had at the end of a day, by the days from which its entries count.\n'
    'account_id: The account.\n'
    'day: The day.';

revoke execute on function value.balance_on(uuid, date) from public;
grant execute on function value.balance_on(uuid, date) to authenticated, service_role, empathy_auditor;
