-- Compiles some works ($1), as the functions do that change what is decided about them.

select consent._recompute(w.tenant_id, array_agg(w.id))
from content.works w
where w.id = any ($1::uuid[])
group by w.tenant_id
