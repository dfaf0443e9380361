-- What is counted about a work is for whoever may read it.

alter table content.work_count_steps enable row level security;

create policy read_reader on content.work_count_steps
for select to anon, authenticated
using (
    exists (
        select from content.works w where w.tenant_id = work_count_steps.tenant_id and w.id = work_count_steps.work_id
    )
);

create policy read_backend on content.work_count_steps
for select to service_role, empathy_auditor
using (true);

grant select on content.work_count_steps, content.work_counters to anon, authenticated, service_role, empathy_auditor;
