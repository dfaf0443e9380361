-- Every migration that was run here: for servers and auditors.

alter table ops.migration_telemetry enable row level security;

create policy read_backend on ops.migration_telemetry
for select to service_role, empathy_auditor
using (true);

grant select on ops.migration_telemetry to service_role, empathy_auditor;
