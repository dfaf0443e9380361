-- What came into accounts of places and works.

select
    e.tenant_id, e.transfer_id, e.account_id, e.asset, e.amount::integer as amount, a.work_id,
    coalesce(a.scope_id, w.scope_id) as scope_id
from value.entries e
join value.accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
left join content.works w on w.tenant_id = a.tenant_id and w.id = a.work_id
where e.amount > 0 and (a.scope_id is not null or a.work_id is not null)
order by e.account_id, e.number
