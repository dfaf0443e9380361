-- What runs by itself: for servers and auditors.

alter table ops.jobs enable row level security;

create policy read_backend on ops.jobs
for select to service_role, empathy_auditor
using (true);

grant select on ops.jobs to service_role, empathy_auditor;
