-- Everybody who is signed in may know the modules: a catalog, written by migrations.

alter table core.platform_modules enable row level security;

create policy read_anyone on core.platform_modules
for select to authenticated
using (
    true
);

create policy read_backend on core.platform_modules
for select to service_role, empathy_auditor
using (true);

grant select on core.platform_modules to authenticated;
grant select on core.platform_modules to service_role, empathy_auditor;
