-- Scopes in which something can begin.

select s.id
from core.scopes s
join core.organizations o on o.id = s.tenant_id and o.status = 'active'
where not exists (
    select
    from core.scopes above
    where above.tenant_id = s.tenant_id
        and above.id in (s.id, s.project_id, s.tenant_id)
        and above.archived_at is not null
)
order by s.slug
