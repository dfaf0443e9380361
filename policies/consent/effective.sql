-- What a work may be used for is told to whoever may read it.

alter table consent.effective enable row level security;

create policy read_reader on consent.effective
for select to authenticated
using (
    exists (select from content.works w where w.tenant_id = effective.tenant_id and w.id = effective.work_id)
);

create policy read_backend on consent.effective
for select to service_role, empathy_auditor
using (true);

grant select on consent.effective to authenticated, service_role, empathy_auditor;
