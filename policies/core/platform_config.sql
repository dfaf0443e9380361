-- The installation's own settings: for servers and auditors.

alter table core.platform_config enable row level security;

create policy read_backend on core.platform_config
for select to service_role, empathy_auditor
using (true);

grant select on core.platform_config to service_role, empathy_auditor;
