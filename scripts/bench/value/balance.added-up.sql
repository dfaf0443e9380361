-- all its entries added up, as where no balance is kept

select sum(e.amount)::bigint as balance
from value.entries e
where e.tenant_id = '0b000000-0000-4000-8000-000000000000' and e.account_id = :friend
