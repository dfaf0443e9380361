-- Begins a project in an organization. Whoever begins it manages it.

create or replace function core.create_project(
    organization_id uuid,
    slug text,
    name text,
    visibility core.scope_visibility default 'private',
    purpose text default '',
    default_lang text default 'en'
)
returns uuid
language plpgsql
volatile
security definer -- scopes are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    project_id uuid;
begin
    project_id := core._create_scope(
        organization_id, 'project', slug, name, visibility, array['project_manager']
    );
    insert into core.projects (tenant_id, id, purpose, default_lang)
    values (
        create_project.organization_id, project_id, create_project.purpose, create_project.default_lang
    );
    perform core._count_use(organization_id, 'projects', 1);
    return project_id;
end
$$;

comment on function core.create_project(uuid, text, text, core.scope_visibility, text, text) is
    'Begins a project in an organization, which I then manage, and returns its id.';

revoke execute on function core.create_project(uuid, text, text, core.scope_visibility, text, text) from public;
grant execute on function core.create_project(uuid, text, text, core.scope_visibility, text, text)
to authenticated;
