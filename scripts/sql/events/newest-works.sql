-- The newest works of a place that somebody may read: a page of them, which is what most apps show.
select w.id
from core.scopes s
join content.works w on w.tenant_id = s.tenant_id and w.scope_id = s.id
where s.tenant_id = $1
    and $2::uuid in (s.id, s.project_id, s.tenant_id)
order by w.created_at desc
limit 200;
