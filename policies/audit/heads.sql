-- For servers and auditors.

alter table audit.heads enable row level security;

create policy read_backend on audit.heads
for select to service_role, empathy_auditor
using (true);

grant select on audit.heads to service_role, empathy_auditor;
