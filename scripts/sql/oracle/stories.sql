-- The stories there are, always in the same order, and whose they are.

select w.tenant_id, w.id, w.scope_id, w.owner_id, w.current_version, w.state
from content.works w
where w.kind = 'story'
order by w.id
