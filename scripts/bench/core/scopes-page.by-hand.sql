-- filtered by hand, without a policy

select id, name
from core.scopes
where id in (
    select unnest(array[s.id, s.project_id, s.tenant_id]) from core.scopes s where s.id = any (:scopes::uuid[])
)
order by id
limit 20
