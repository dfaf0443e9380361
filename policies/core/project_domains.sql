-- Claims on host names are for those who manage the domains of the project. A server asks
-- core.project_of_host().

alter table core.project_domains enable row level security;

create policy read_manager on core.project_domains
for select to authenticated
using (
    (
        tenant_id = any ((select core.granted('domain.manage', 0))::uuid[])
        or project_id = any ((select core.granted('domain.manage', 1))::uuid[])
    )
    and project_id not in (select core.barred())
);

create policy read_backend on core.project_domains
for select to service_role, empathy_auditor
using (true);

grant select on core.project_domains to authenticated;
grant select on core.project_domains to service_role, empathy_auditor;
