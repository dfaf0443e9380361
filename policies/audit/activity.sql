-- My own; in an organization, that of its members for whom it lets look into its log.

alter table audit.activity enable row level security;

create policy read_self on audit.activity
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_auditing on audit.activity
for select to authenticated
using (
    tenant_id = any ((select core.granted('audit.read', 2))::uuid[]) -- it does not reach down: held at the root
);

create policy read_backend on audit.activity
for select to service_role, empathy_auditor
using (true);

grant select on audit.activity to authenticated, service_role, empathy_auditor;
