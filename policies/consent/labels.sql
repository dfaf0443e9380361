-- A catalog; also for whoever reads a public work that bears one.

alter table consent.labels enable row level security;

create policy read_all on consent.labels
for select to anon, authenticated, service_role, empathy_auditor
using (true);

grant select on consent.labels to anon, authenticated, service_role, empathy_auditor;
