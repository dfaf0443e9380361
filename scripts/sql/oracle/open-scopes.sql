-- The places where anything can be said: not archived, nor anything that they stand in, and their organization active.

select s.id
from core.scopes s
join core.organizations o on o.id = s.tenant_id and o.status = 'active'
where not exists (
    select
    from core.scopes up
    where up.tenant_id = s.tenant_id and up.id in (s.id, s.project_id, s.tenant_id) and up.archived_at is not null
)
order by s.id
