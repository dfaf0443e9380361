-- Who makes a work together is for those whom it involves.

alter table content.work_collaborators enable row level security;

create policy read_involved on content.work_collaborators
for select to authenticated
using (
    work_id in (select content.involving_me())
);

create policy read_backend on content.work_collaborators
for select to service_role, empathy_auditor
using (true);

grant select on content.work_collaborators to authenticated, service_role, empathy_auditor;
