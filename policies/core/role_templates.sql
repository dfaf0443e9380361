-- Everybody who is signed in may know the starting roles: a catalog, written by migrations.

alter table core.role_templates enable row level security;

create policy read_anyone on core.role_templates
for select to authenticated
using (
    true
);

create policy read_backend on core.role_templates
for select to service_role, empathy_auditor
using (true);

grant select on core.role_templates to authenticated;
grant select on core.role_templates to service_role, empathy_auditor;
