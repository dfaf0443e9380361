-- Everybody who is signed in may know the tiers: a catalog, written by migrations.

alter table core.tiers enable row level security;

create policy read_anyone on core.tiers
for select to authenticated
using (
    true
);

create policy read_backend on core.tiers
for select to service_role, empathy_auditor
using (true);

grant select on core.tiers to authenticated;
grant select on core.tiers to service_role, empathy_auditor;
