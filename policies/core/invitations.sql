-- An invitation is seen by whoever made it, and by those who may invite there.

alter table core.invitations enable row level security;

create policy read_inviter on core.invitations
for select to authenticated
using (
    created_by in (select core.my_people())
    or scope_id in (select core.scopes_with('member.invite'))
);

create policy read_backend on core.invitations
for select to service_role, empathy_auditor
using (true);

-- The hash of the token and of the address are not granted to anybody.
grant select (
    tenant_id, id, scope_id, message, max_uses, uses, expires_at, created_by, created_at, revoked_at
) on core.invitations to authenticated;
grant select (
    tenant_id, id, scope_id, message, max_uses, uses, expires_at, created_by, created_at, revoked_at
) on core.invitations to service_role, empathy_auditor;
