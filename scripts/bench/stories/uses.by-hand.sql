-- without asking whose it is to know

select w.id as work_id, a.recipient, r.model, h.handed_out_at
from content.works w
join consent.run_works h on h.tenant_id = w.tenant_id and h.work_id = w.id
join consent.runs r on r.tenant_id = h.tenant_id and r.id = h.run_id
join consent.agreements a on a.tenant_id = r.tenant_id and a.id = r.agreement_id
where w.owner_id = :me
order by w.id
