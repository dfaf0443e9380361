-- The roles there are, always in the same order.

select r.tenant_id, r.id, r.key, r.levels, r.requires_kyc
from core.roles r
join core.organizations o on o.id = r.tenant_id
order by o.slug, r.key
