-- What tables hold: for servers and auditors.

alter table ops.table_classes enable row level security;

create policy read_backend on ops.table_classes
for select to service_role, empathy_auditor
using (true);

grant select on ops.table_classes to service_role, empathy_auditor;
