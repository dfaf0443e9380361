-- Who has to consent to which works, always in the same order.

select p.tenant_id, p.id, p.work_id, w.current_version
from consent.consent_parties p
join content.works w on w.tenant_id = p.tenant_id and w.id = p.work_id
order by p.work_id, p.capacity, p.person_id, p.scope_id
