-- The roles of a membership are seen by whoever sees the membership.

alter table core.membership_roles enable row level security;

create policy read_membership on core.membership_roles
for select to authenticated
using (
    exists (
        select
        from core.memberships m
        where m.tenant_id = membership_roles.tenant_id and m.id = membership_roles.membership_id
    )
);

create policy read_backend on core.membership_roles
for select to service_role, empathy_auditor
using (true);

-- The columns that only carry a key are left out.
grant select (
    tenant_id, id, membership_id, role_id, granted_by, granted_at, revoked_by, revoked_at
) on core.membership_roles to authenticated;
grant select on core.membership_roles to service_role, empathy_auditor;
