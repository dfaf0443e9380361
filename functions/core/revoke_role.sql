-- Takes a role from a membership: whoever could have given it, or the person themselves. The last owner stays one.

create or replace function core.revoke_role(membership_id uuid, role text)
returns void
language plpgsql
volatile
security definer -- roles are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
    membership core.memberships;
    held core.membership_roles;
begin
    select * into membership from core.memberships m where m.id = revoke_role.membership_id;
    if membership.person_id is distinct from me then
        perform core._require('role.grant', membership.scope_id);
    else
        perform core._require_person();
    end if;
    select mr.* into held
    from core.membership_roles mr
    join core.roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
    where mr.tenant_id = membership.tenant_id
        and mr.membership_id = membership.id
        and mr.revoked_at is null
        and r.key = revoke_role.role
    for no key update of mr;
    if held.id is null then
        perform core._refuse('not_found', 'role');
    end if;
    if membership.person_id <> me then
        perform core._require_grantable(held.role_id, membership.scope_id);
    end if;
    update core.membership_roles mr
    set revoked_at = now(), revoked_by = me
    where mr.tenant_id = held.tenant_id and mr.id = held.id;
end
$$;

comment on function core.revoke_role(uuid, text) is
    E'Takes a role from a membership, or gives up one of my own.\n'
    'role: The key of the role.';

revoke execute on function core.revoke_role(uuid, text) from public;
grant execute on function core.revoke_role(uuid, text) to authenticated;
