-- For servers and auditors.

alter table audit.archived_months enable row level security;

create policy read_backend on audit.archived_months
for select to service_role, empathy_auditor
using (true);

grant select on audit.archived_months to service_role, empathy_auditor;
