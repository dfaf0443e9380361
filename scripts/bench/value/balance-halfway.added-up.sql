-- its entries until then added up

select sum(e.amount)::bigint as balance
from value.entries e
where e.tenant_id = '0b000000-0000-4000-8000-000000000000' and e.account_id = :friend
    and e.effective_on <= '2025-05-15'
