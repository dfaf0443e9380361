-- Votes are read by whoever may read the work. They are cast by the same, in person and for themselves: the one table
-- that people write to directly, so that who may read a work is said by the policies of works and nowhere else.

alter table content.votes enable row level security;

create policy read_reader on content.votes
for select to authenticated
using (
    exists (select from content.works w where w.tenant_id = votes.tenant_id and w.id = votes.work_id)
);

create policy insert_voter on content.votes
for insert to authenticated
with check (
    person_id = (select core.me())
    -- Not with an API key.
    and person_id in (select core.my_people())
    and exists (
        select
        from content.works w
        where w.tenant_id = votes.tenant_id
            and w.id = votes.work_id
            and w.scope_id not in (select core.barred('vote'))
    )
);

create policy read_backend on content.votes
for select to service_role, empathy_auditor
using (true);

grant select on content.votes to authenticated, service_role, empathy_auditor;
grant insert (tenant_id, work_id, work_owner_id, person_id, weight) on content.votes to authenticated;
