-- Makes a role of the organization's own, or changes one: its name, levels and permissions. A description, or whether
-- it needs a verified identity, stays as it was when null.
-- Nobody puts into a role, or takes out of it, what they do not hold in the organization themselves; nor do they change
-- where, or by whom, a role can be held that carries such.

create or replace function core.define_role(
    organization_id uuid,
    key text,
    name text,
    levels smallint[],
    permissions text[],
    description text default null,
    requires_kyc boolean default null
)
returns uuid
language plpgsql
volatile
security definer -- roles are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    before core.roles;
    defined uuid;
    refused text;
begin
    perform core._require('role.define', organization_id);
    select * into before
    from core.roles r
    where r.tenant_id = define_role.organization_id and r.key = define_role.key
    for no key update;
    insert into core.roles as r (tenant_id, key, name, description, levels, requires_kyc)
    values (
        define_role.organization_id, define_role.key, btrim(define_role.name),
        coalesce(define_role.description, before.description, ''),
        define_role.levels,
        coalesce(define_role.requires_kyc, before.requires_kyc, false)
    )
    on conflict on constraint roles_tenant_id_key_key do update
    set
        name = excluded.name, description = excluded.description,
        levels = excluded.levels, requires_kyc = excluded.requires_kyc
    where not r.is_owner
    returning r.id into defined;
    if defined is null then
        perform core._refuse('owner_role_fixed');
    end if;

    select p.key into refused
    from core.permissions p
    where p.key = any (define_role.permissions) and not define_role.levels <@ p.levels
    order by p.key
    limit 1;
    if found then
        perform core._refuse('permission_not_here', refused);
    end if;

    select changed.permission into refused
    from unnest(define_role.permissions) as wanted (permission)
    full join (
        select rp.permission
        from core.role_permissions rp
        where rp.tenant_id = define_role.organization_id and rp.role_id = defined
    ) had on had.permission = wanted.permission
    cross join lateral (select coalesce(wanted.permission, had.permission)) as changed (permission)
    where (
            wanted.permission is null
            or had.permission is null
            or before.levels <> define_role.levels
            or before.requires_kyc <> define_role.requires_kyc
        )
        and not core.can(changed.permission, define_role.organization_id)
    order by changed.permission
    limit 1;
    if found then
        perform core._refuse('grant_unheld', refused);
    end if;

    delete from core.role_permissions rp
    where rp.tenant_id = define_role.organization_id
        and rp.role_id = defined
        and not rp.permission = any (define_role.permissions);
    insert into core.role_permissions (tenant_id, role_id, permission)
    select define_role.organization_id, defined, p.permission
    from unnest(define_role.permissions) as p (permission)
    on conflict on constraint role_permissions_pkey do nothing;
    return defined;
end
$$;

comment on function core.define_role(uuid, text, text, smallint[], text[], text, boolean) is
    E'Makes a role of the organization''s own, or changes one; it carries exactly these permissions.\n'
    'permissions: The permissions that it carries, by their keys.';

revoke execute on function core.define_role(uuid, text, text, smallint[], text[], text, boolean) from public;
grant execute on function core.define_role(uuid, text, text, smallint[], text[], text, boolean)
to authenticated;
