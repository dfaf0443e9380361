-- For servers and auditors.

alter table audit.eras enable row level security;

create policy read_backend on audit.eras
for select to service_role, empathy_auditor
using (true);

grant select on audit.eras to service_role, empathy_auditor;
