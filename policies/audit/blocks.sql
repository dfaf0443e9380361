-- For servers and auditors.

alter table audit.blocks enable row level security;

create policy read_backend on audit.blocks
for select to service_role, empathy_auditor
using (true);

grant select on audit.blocks to service_role, empathy_auditor;
