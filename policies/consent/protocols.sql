-- What a community asks is for its members to read; whoever else reads what stands under it is told by
-- consent.conditions().

alter table consent.protocols enable row level security;

create policy read_member on consent.protocols
for select to authenticated
using (
    scope_id = any ((select core.reach(2))::uuid[])
);

create policy read_backend on consent.protocols
for select to service_role, empathy_auditor
using (true);

grant select on consent.protocols to authenticated, service_role, empathy_auditor;
grant select on consent.stewards to authenticated, service_role, empathy_auditor;
