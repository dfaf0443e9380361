-- The organization of a work, for whoever may know of it.
select w.tenant_id
from content.works w
where w.id = $1;
