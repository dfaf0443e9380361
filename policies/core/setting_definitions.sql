-- Everybody who is signed in may know the settings there are: a catalog, written by migrations.

alter table core.setting_definitions enable row level security;

create policy read_anyone on core.setting_definitions
for select to authenticated
using (
    true
);

create policy read_backend on core.setting_definitions
for select to service_role, empathy_auditor
using (true);

grant select on core.setting_definitions to authenticated;
grant select on core.setting_definitions to service_role, empathy_auditor;
