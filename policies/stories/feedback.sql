-- What somebody said to those who run a place is for the two of them.

alter table stories.feedback enable row level security;

create policy read_own on stories.feedback
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_manager on stories.feedback
for select to authenticated
using (
    scope_id in (select core.scopes_with('scope.manage'))
);

create policy read_backend on stories.feedback
for select to service_role, empathy_auditor
using (true);

grant select on stories.feedback to authenticated, service_role, empathy_auditor;
