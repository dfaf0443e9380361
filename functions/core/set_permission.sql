-- Gives a single permission to a membership, takes it away, or (null) leaves it to the roles again.

create or replace function core.set_permission(
    membership_id uuid,
    permission text,
    effect core.permission_effect default null,
    reason text default ''
)
returns void
language plpgsql
volatile
security definer -- permissions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    membership core.memberships;
begin
    select * into membership from core.memberships m where m.id = set_permission.membership_id;
    perform core._require('role.grant', membership.scope_id);
    if not coalesce(core.can(permission, membership.scope_id), false) then
        perform core._refuse('grant_unheld', permission);
    end if;
    if effect = 'allow'
        and not exists (
            select
            from core.permissions p
            where p.key = set_permission.permission and membership.level = any (p.levels)
        )
    then
        perform core._refuse('permission_not_here', permission);
    end if;
    if membership.person_id = core.me() then
        perform core._refuse('not_on_yourself');
    end if;
    -- Whoever outranks stays out of reach here, too.
    perform core._require_outranking(membership.person_id, membership.scope_id);
    if effect is null then
        delete from core.membership_permissions mp
        where mp.tenant_id = membership.tenant_id
            and mp.membership_id = membership.id
            and mp.permission = set_permission.permission;
        return;
    end if;
    insert into core.membership_permissions (tenant_id, membership_id, permission, effect, reason, granted_by)
    values (
        membership.tenant_id, membership.id, set_permission.permission, set_permission.effect,
        set_permission.reason, core.me()
    )
    on conflict on constraint membership_permissions_pkey do update
    set
        effect = excluded.effect, reason = excluded.reason,
        granted_by = excluded.granted_by, granted_at = now();
end
$$;

comment on function core.set_permission(uuid, text, core.permission_effect, text) is
    E'Gives a single permission to a membership or takes it away; null leaves it to the roles again.\n'
    'permission: The key of a permission, such as work.review.\n'
    'effect: Given or taken; null leaves it to the roles again.\n'
    'reason: Why.';

revoke execute on function core.set_permission(uuid, text, core.permission_effect, text) from public;
grant execute on function core.set_permission(uuid, text, core.permission_effect, text) to authenticated;
