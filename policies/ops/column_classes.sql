-- What columns hold: for servers and auditors.

alter table ops.column_classes enable row level security;

create policy read_backend on ops.column_classes
for select to service_role, empathy_auditor
using (true);

grant select on ops.column_classes to service_role, empathy_auditor;
