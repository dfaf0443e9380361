-- For servers and auditors.

alter table audit.leaves enable row level security;

create policy read_backend on audit.leaves
for select to service_role, empathy_auditor
using (true);

grant select on audit.leaves to service_role, empathy_auditor;
