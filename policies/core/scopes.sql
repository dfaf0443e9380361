-- A scope is found by its members and those above them in charge, by the organization or by everybody, as its
-- visibility says. Finding it gives nothing of what is in it.

alter table core.scopes enable row level security;

create policy read_member on core.scopes
for select to authenticated
using (
    (
        -- Where I belong, and what that stands in: a place is nothing without its project and organization.
        id = any ((select core.reach(2))::uuid[])
        or id = any ((select core.reach(1))::uuid[])
        or id = any ((select core.reach(0))::uuid[])
        or (visibility = 'organization' and tenant_id = any ((select core.reach(0))::uuid[]))
        or tenant_id = any ((select core.granted('scope.read', 0))::uuid[])
        or project_id = any ((select core.granted('scope.read', 1))::uuid[])
        or id = any ((select core.granted('scope.read', 2))::uuid[])
    )
    and id not in (select core.barred())
);

create policy read_public on core.scopes
for select to anon, authenticated
using (
    visibility = 'public'
);

create policy read_backend on core.scopes
for select to service_role, empathy_auditor
using (true);

-- Who made it is not for everybody.
grant select (
    tenant_id, id, kind, level, parent_id, parent_level, project_id, slug, name, description, visibility,
    created_at, updated_at, archived_at
) on core.scopes to anon;
grant select on core.scopes to authenticated;
grant select on core.scopes to service_role, empathy_auditor;
