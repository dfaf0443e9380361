-- The look of a project is seen by whoever sees the project.

alter table core.project_themes enable row level security;

create policy read_scope on core.project_themes
for select to anon, authenticated
using (
    exists (
        select
        from core.scopes s
        where s.tenant_id = project_themes.tenant_id and s.id = project_themes.project_id
    )
);

create policy read_backend on core.project_themes
for select to service_role, empathy_auditor
using (true);

grant select on core.project_themes to anon, authenticated;
grant select on core.project_themes to service_role, empathy_auditor;
