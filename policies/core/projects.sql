-- A project is seen by whoever sees its scope.

alter table core.projects enable row level security;

create policy read_scope on core.projects
for select to anon, authenticated
using (
    exists (
        select
        from core.scopes s
        where s.tenant_id = projects.tenant_id and s.id = projects.id
    )
);

create policy read_backend on core.projects
for select to service_role, empathy_auditor
using (true);

grant select on core.projects to anon, authenticated;
grant select on core.projects to service_role, empathy_auditor;
