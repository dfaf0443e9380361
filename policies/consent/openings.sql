-- Who opened a work is for them, and for those whose consent it asks for.

alter table consent.openings enable row level security;

create policy read_own on consent.openings
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_party on consent.openings
for select to authenticated
using (
    work_id in (select consent.asking_me())
);

create policy read_backend on consent.openings
for select to service_role, empathy_auditor
using (true);

grant select on consent.openings to authenticated, service_role, empathy_auditor;
