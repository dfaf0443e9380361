-- Every place there is, and its level.

select s.tenant_id, s.id as scope_id, s.level
from core.scopes s
order by s.slug
