-- What the roles of an organization carry is seen by whoever belongs anywhere in it.

alter table core.role_permissions enable row level security;

create policy read_member on core.role_permissions
for select to authenticated
using (
    tenant_id = any ((select core.reach(0))::uuid[])
);

create policy read_backend on core.role_permissions
for select to service_role, empathy_auditor
using (true);

grant select on core.role_permissions to authenticated;
grant select on core.role_permissions to service_role, empathy_auditor;
