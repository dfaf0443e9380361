-- My logins are mine to see.

alter table core.identities enable row level security;

create policy read_self on core.identities
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_backend on core.identities
for select to service_role, empathy_auditor
using (true);

grant select on core.identities to authenticated;
grant select on core.identities to service_role, empathy_auditor;
