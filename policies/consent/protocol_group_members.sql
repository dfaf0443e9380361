-- Who is in which group is for those who look after it.

alter table consent.protocol_group_members enable row level security;

create policy read_steward on consent.protocol_group_members
for select to authenticated
using (
    scope_id = any ((select core.granted('protocol.admit', 2))::uuid[])
);

create policy read_backend on consent.protocol_group_members
for select to service_role, empathy_auditor
using (true);

grant select on consent.protocol_group_members to authenticated, service_role, empathy_auditor;
