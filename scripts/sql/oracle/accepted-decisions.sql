-- What was accepted, and unlocks something.

select d.tenant_id, d.id as decision_id, d.scope_id, d.unlocks
from content.decisions d
where d.unlocks is not null
order by d.id
