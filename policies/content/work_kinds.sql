-- A catalog.

alter table content.work_kinds enable row level security;

create policy read_all on content.work_kinds
for select to anon, authenticated, service_role, empathy_auditor
using (true);

grant select on content.work_kinds to anon, authenticated, service_role, empathy_auditor;
