-- Who opened a work is for them, and for those whose consent it asks for. It is opened, in person, by whoever may read
-- it and acknowledged what its protocols ask.

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

create policy insert_reader on consent.openings
for insert to authenticated
with check (
    person_id = (select core.me())
    and person_id in (select core.my_people()) -- in person, and not with an API key
    and exists (
        select
        from content.works w
        where w.tenant_id = openings.tenant_id
            and w.id = openings.work_id
            and w.protocol_set_id = openings.protocol_set_id
    )
);

create policy read_backend on consent.openings
for select to service_role, empathy_auditor
using (true);

grant select on consent.openings to authenticated, service_role, empathy_auditor;
grant insert (tenant_id, work_id, protocol_set_id, person_id) on consent.openings to authenticated;
