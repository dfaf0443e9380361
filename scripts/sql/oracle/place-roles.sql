-- The roles that can be held in places.

select r.tenant_id, r.id from core.roles r where 2 = any (r.levels) order by r.id
