-- A person is seen by themselves, by their guardian, and by whoever sees a membership of theirs: that is, by
-- those they share a scope with.

alter table core.people enable row level security;

-- An array, so that a list begins with those I know and not with everybody; my own row needs none.
create policy read_known on core.people
for select to authenticated
using (
    id = (select core.me())
    or id = any ((select core.known_people())::uuid[])
);

create policy read_backend on core.people
for select to service_role, empathy_auditor
using (true);

-- Who guards whom, and where somebody lives or when they died, is not for everybody they share a scope with:
-- core.my_profile() tells it to the person and their guardian.
grant select (
    id, handle, display_name, bio, avatar_url, locale, created_at, updated_at, erased_at
) on core.people to authenticated;
grant select on core.people to service_role, empathy_auditor;
