-- What somebody acknowledged is for them.

alter table consent.protocol_acknowledgements enable row level security;

create policy read_own on consent.protocol_acknowledgements
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_backend on consent.protocol_acknowledgements
for select to service_role, empathy_auditor
using (true);

grant select on consent.protocol_acknowledgements to authenticated, service_role, empathy_auditor;
