-- Who opened a work is for them, and for those who decide about it.

alter table consent.openings enable row level security;

create policy read_own on consent.openings
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_party on consent.openings
for select to authenticated
using (
    work_id in (select consent.mine_to_decide())
);

create policy read_backend on consent.openings
for select to service_role, empathy_auditor
using (true);

grant select on consent.openings to authenticated, service_role, empathy_auditor;
