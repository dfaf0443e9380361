-- For servers and auditors.

alter table audit.progress enable row level security;

create policy read_backend on audit.progress
for select to service_role, empathy_auditor
using (true);

grant select on audit.progress to service_role, empathy_auditor;
