-- An export is seen by whoever asked for it, by the person it is about, and by those who may export there.

alter table ops.exports enable row level security;

create policy read_requester on ops.exports
for select to authenticated
using (
    requested_by in (select core.my_people())
    or person_id in (select core.my_people())
    or scope_id in (select core.scopes_with('export.run'))
);

create policy read_backend on ops.exports
for select to service_role, empathy_auditor
using (true);

grant select on ops.exports to authenticated;
grant select on ops.exports to service_role, empathy_auditor;
