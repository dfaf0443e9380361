-- A sanction is seen by the person it concerns, and by those who impose or judge sanctions there.

alter table core.sanctions enable row level security;

create policy read_self on core.sanctions
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_moderator on core.sanctions
for select to authenticated
using (
    scope_id in (select core.scopes_with('sanction.impose'))
    or scope_id in (select core.scopes_with('sanction.judge'))
);

create policy read_backend on core.sanctions
for select to service_role, empathy_auditor
using (true);

grant select on core.sanctions to authenticated;
grant select on core.sanctions to service_role, empathy_auditor;
