-- Everybody who is signed in may know what can be allowed: a catalog, written by migrations.

alter table core.permissions enable row level security;

create policy read_anyone on core.permissions
for select to authenticated
using (
    true
);

create policy read_backend on core.permissions
for select to service_role, empathy_auditor
using (true);

grant select on core.permissions to authenticated;
grant select on core.permissions to service_role, empathy_auditor;
