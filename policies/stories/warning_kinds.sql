-- What can be warned of is no secret.

alter table stories.warning_kinds enable row level security;

create policy read_everybody on stories.warning_kinds
for select to anon, authenticated, service_role, empathy_auditor
using (true);

grant select on stories.warning_kinds to anon, authenticated, service_role, empathy_auditor;
