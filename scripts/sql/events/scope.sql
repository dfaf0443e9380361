-- The organization of a place, for whoever may know of it.
select s.tenant_id
from core.scopes s
where s.id = $1;
