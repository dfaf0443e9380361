-- A catalog.

alter table content.reaction_kinds enable row level security;

create policy read_all on content.reaction_kinds
for select to anon, authenticated, service_role, empathy_auditor
using (true);

grant select on content.reaction_kinds to anon, authenticated, service_role, empathy_auditor;
