-- Whole, for servers and auditors. Others ask audit.history() and audit.my_history(), which leave out what is not
-- theirs to see.

alter table audit.changes enable row level security;

create policy read_backend on audit.changes
for select to service_role, empathy_auditor
using (true);

grant select on audit.changes to service_role, empathy_auditor;
grant select on audit.hashed_changes, audit.feature_flag_changes to service_role, empathy_auditor;
