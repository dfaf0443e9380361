-- Everybody who is signed in may know what the tiers allow: a catalog, written by migrations.

alter table core.tier_limits enable row level security;

create policy read_anyone on core.tier_limits
for select to authenticated
using (
    true
);

create policy read_backend on core.tier_limits
for select to service_role, empathy_auditor
using (true);

grant select on core.tier_limits to authenticated;
grant select on core.tier_limits to service_role, empathy_auditor;
