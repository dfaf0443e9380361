-- What came into communities, and how much of it was not taken back.

select e.tenant_id, e.id, e.scope_id, e.asset, (e.amount - e.returned)::integer as remaining
from value.value_events e
join core.scopes s on s.tenant_id = e.tenant_id and s.id = e.scope_id
where s.level = 2
order by e.id
