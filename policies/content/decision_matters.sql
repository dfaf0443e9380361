-- A catalog.

alter table content.decision_matters enable row level security;

create policy read_all on content.decision_matters
for select to authenticated, service_role, empathy_auditor
using (true);

grant select on content.decision_matters to authenticated, service_role, empathy_auditor;
