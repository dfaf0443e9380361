-- Counters in shards: read through core.quota_use(). Servers and auditors may see them to recount.

alter table core.usage_shards enable row level security;

create policy read_backend on core.usage_shards
for select to service_role, empathy_auditor
using (true);

grant select on core.usage_shards to service_role, empathy_auditor;
