-- What the world outside must hear of: a server sends it.

alter table ops.outbox enable row level security;

create policy read_backend on ops.outbox
for select to service_role, empathy_auditor
using (true);

grant select on ops.outbox to service_role, empathy_auditor;
