-- Everybody who is signed in may know what the starting roles carry: a catalog, written by migrations.

alter table core.role_template_permissions enable row level security;

create policy read_anyone on core.role_template_permissions
for select to authenticated
using (
    true
);

create policy read_backend on core.role_template_permissions
for select to service_role, empathy_auditor
using (true);

grant select on core.role_template_permissions to authenticated;
grant select on core.role_template_permissions to service_role, empathy_auditor;
