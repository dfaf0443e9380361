-- Places, and who ever was a member there.

select s.tenant_id, s.id, array_agg(m.id order by m.id) as members
from core.scopes s
join core.memberships m on m.tenant_id = s.tenant_id and m.scope_id = s.id
where s.level = 2
group by s.tenant_id, s.id
order by s.id
