-- What a work bears is for whoever may know of it, before they open anything.

alter table consent.work_labels enable row level security;

create policy read_reader on consent.work_labels
for select to anon, authenticated
using (
    exists (select from content.works w where w.tenant_id = work_labels.tenant_id and w.id = work_labels.work_id)
);

create policy read_backend on consent.work_labels
for select to service_role, empathy_auditor
using (true);

-- Who put it on is not for everybody.
grant select (tenant_id, work_id, scope_id, label, ratified, added_at) on consent.work_labels to anon;
grant select on consent.work_labels to authenticated, service_role, empathy_auditor;
