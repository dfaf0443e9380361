-- An organization begins with its root scope and its own copy of the starting roles.

create or replace function core.tg_organizations__found()
returns trigger
language plpgsql
security definer -- whoever may insert an organization need not be able to write scopes and roles
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into core.scopes (tenant_id, id, kind, level, slug, name, created_by)
    values (new.id, new.id, 'organization', 0, new.slug, new.name, core.me());

    insert into core.roles (tenant_id, key, name, description, levels, requires_kyc)
    select new.id, t.key, t.name, t.description, t.levels, t.requires_kyc
    from core.role_templates t;

    insert into core.role_permissions (tenant_id, role_id, permission)
    select new.id, r.id, tp.permission
    from core.role_template_permissions tp
    join core.roles r on r.tenant_id = new.id and r.key = tp.role;

    return null;
end
$$;

comment on function core.tg_organizations__found() is
    'Gives a new organization its root scope and its roles.';

revoke execute on function core.tg_organizations__found() from public;
