-- A catalog.

alter table consent.purposes enable row level security;

create policy read_all on consent.purposes
for select to authenticated, service_role, empathy_auditor
using (true);

grant select on consent.purposes to authenticated, service_role, empathy_auditor;
