-- For servers and auditors.

alter table audit.safeguards enable row level security;

create policy read_backend on audit.safeguards
for select to service_role, empathy_auditor
using (true);

grant select on audit.safeguards to service_role, empathy_auditor;
