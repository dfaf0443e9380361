-- The roles of an organization are seen by whoever belongs anywhere in it.

alter table core.roles enable row level security;

create policy read_member on core.roles
for select to authenticated
using (
    tenant_id = any ((select core.reach(0))::uuid[])
);

create policy read_backend on core.roles
for select to service_role, empathy_auditor
using (true);

grant select on core.roles to authenticated;
grant select on core.roles to service_role, empathy_auditor;
