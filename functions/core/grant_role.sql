-- Gives a role to a membership. Nobody gives what they do not hold themselves, there.

create or replace function core.grant_role(membership_id uuid, role text)
returns void
language plpgsql
volatile
security definer -- roles are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column -- what conflicts names columns, and cannot be qualified
declare
    membership core.memberships;
    granted uuid;
begin
    select * into membership from core.memberships m where m.id = grant_role.membership_id;
    perform core._require('role.grant', membership.scope_id);
    select r.id into granted
    from core.roles r
    where r.tenant_id = membership.tenant_id and r.key = grant_role.role;
    if granted is null then
        perform core._refuse('not_found', 'role');
    end if;
    if membership.ended_at is not null then
        perform core._refuse('membership_state', membership.status::text, 'active');
    end if;
    perform core._require_grantable(granted, membership.scope_id);
    insert into core.membership_roles (tenant_id, membership_id, role_id, owns, granted_by)
    select r.tenant_id, membership.id, r.id, r.is_owner, core.me()
    from core.roles r
    where r.tenant_id = membership.tenant_id and r.id = granted
    on conflict (tenant_id, membership_id, role_id) where revoked_at is null do nothing;
end
$$;

comment on function core.grant_role(uuid, text) is
    E'Gives a role to a membership; nobody gives what they do not hold.\n'
    'role: The key of the role.';

revoke execute on function core.grant_role(uuid, text) from public;
grant execute on function core.grant_role(uuid, text) to authenticated;
