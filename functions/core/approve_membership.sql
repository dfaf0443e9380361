-- Lets in somebody who asked to join.

create or replace function core.approve_membership(membership_id uuid)
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column -- what conflicts names columns, and cannot be qualified
begin
    perform core._change_membership(membership_id, array['requested']::core.membership_status[], 'active', null);
    perform core._require_grantable(r.id, m.scope_id)
    from core.memberships m
    join core.roles r on r.tenant_id = m.tenant_id and r.key = core._default_role(m.scope_id)
    where m.id = approve_membership.membership_id;
    insert into core.membership_roles (tenant_id, membership_id, role_id, owns, granted_by)
    select m.tenant_id, m.id, r.id, r.is_owner, core.me()
    from core.memberships m
    join core.roles r on r.tenant_id = m.tenant_id and r.key = core._default_role(m.scope_id)
    where m.id = approve_membership.membership_id
    on conflict (tenant_id, membership_id, role_id) where revoked_at is null do nothing;
    return membership_id;
end
$$;

comment on function core.approve_membership(uuid) is 'Lets in somebody who asked to join.';

revoke execute on function core.approve_membership(uuid) from public;
grant execute on function core.approve_membership(uuid) to authenticated;
