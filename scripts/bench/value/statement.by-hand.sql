-- running sums over all its entries, of which that day is taken

select *
from (
    select
        e.effective_on::text, e.transfer_id, e.amount::text,
        sum(e.amount) over (order by e.effective_on, e.number)::text as balance
    from value.entries e
    where e.tenant_id = '0b000000-0000-4000-8000-000000000000' and e.account_id = :friend
) s
where s.effective_on = '2026-09-01'
