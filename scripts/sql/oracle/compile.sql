-- Compiles every work, as the functions do that change what is decided about it.

select consent._recompute(w.tenant_id, array_agg(w.id)) from content.works w group by w.tenant_id
