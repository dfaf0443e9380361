-- For servers and auditors.

alter table audit.nodes enable row level security;

create policy read_backend on audit.nodes
for select to service_role, empathy_auditor
using (true);

grant select on audit.nodes to service_role, empathy_auditor;
