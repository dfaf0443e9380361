-- Everybody who is signed in may know what can be limited: a catalog, written by migrations.

alter table core.quota_resources enable row level security;

create policy read_anyone on core.quota_resources
for select to authenticated
using (
    true
);

create policy read_backend on core.quota_resources
for select to service_role, empathy_auditor
using (true);

grant select on core.quota_resources to authenticated;
grant select on core.quota_resources to service_role, empathy_auditor;
