-- My tier is mine to see.

alter table core.person_limits enable row level security;

create policy read_self on core.person_limits
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_backend on core.person_limits
for select to service_role, empathy_auditor
using (true);

grant select on core.person_limits to authenticated;
grant select on core.person_limits to service_role, empathy_auditor;
