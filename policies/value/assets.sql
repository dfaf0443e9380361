-- What an organization counts is for those who belong to it.

alter table value.assets enable row level security;

create policy read_member on value.assets
for select to authenticated
using (
    tenant_id = any ((select core.reach(0))::uuid[])
);

create policy read_backend on value.assets
for select to service_role, empathy_auditor
using (true);

grant select on value.assets to authenticated, service_role, empathy_auditor;
