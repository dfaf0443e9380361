-- A catalog.

alter table content.work_moves enable row level security;

create policy read_all on content.work_moves
for select to authenticated, service_role, empathy_auditor
using (true);

grant select on content.work_moves to authenticated, service_role, empathy_auditor;
