-- How a community shares is for its members to read.

alter table consent.benefit_settings enable row level security;

create policy read_member on consent.benefit_settings
for select to authenticated
using (
    scope_id = any ((select core.reach(2))::uuid[])
);

create policy read_backend on consent.benefit_settings
for select to service_role, empathy_auditor
using (true);

grant select on consent.benefit_settings to authenticated, service_role, empathy_auditor;
