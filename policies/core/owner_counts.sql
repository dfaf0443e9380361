-- A derived count: for servers and auditors, who recount it.

alter table core.owner_counts enable row level security;

create policy read_backend on core.owner_counts
for select to service_role, empathy_auditor
using (true);

grant select on core.owner_counts to service_role, empathy_auditor;
