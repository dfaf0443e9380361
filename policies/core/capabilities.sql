-- Everybody who is signed in may know what a sanction can take: a catalog, written by migrations.

alter table core.capabilities enable row level security;

create policy read_anyone on core.capabilities
for select to authenticated
using (
    true
);

create policy read_backend on core.capabilities
for select to service_role, empathy_auditor
using (true);

grant select on core.capabilities to authenticated;
grant select on core.capabilities to service_role, empathy_auditor;
