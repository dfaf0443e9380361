-- What works stand under is for those who pass it.

alter table consent.protocol_sets enable row level security;

create policy read_passed on consent.protocol_sets
for select to authenticated
using (
    id in (select consent.passed_sets())
);

create policy read_backend on consent.protocol_sets
for select to service_role, empathy_auditor
using (true);

grant select (tenant_id, id)
on consent.protocol_sets to authenticated;
grant select on consent.protocol_sets to service_role, empathy_auditor;
