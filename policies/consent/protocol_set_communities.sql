-- What works stand under is for those who pass it.

alter table consent.protocol_set_communities enable row level security;

create policy read_passed on consent.protocol_set_communities
for select to authenticated
using (
    set_id in (select consent.passed_sets())
);

create policy read_backend on consent.protocol_set_communities
for select to service_role, empathy_auditor
using (true);

grant select on consent.protocol_set_communities to authenticated, service_role, empathy_auditor;
