-- What an invitation brings is seen by whoever sees the invitation.

alter table core.invitation_roles enable row level security;

create policy read_invitation on core.invitation_roles
for select to authenticated
using (
    exists (
        select
        from core.invitations i
        where i.tenant_id = invitation_roles.tenant_id and i.id = invitation_roles.invitation_id
    )
);

create policy read_backend on core.invitation_roles
for select to service_role, empathy_auditor
using (true);

grant select on core.invitation_roles to authenticated;
grant select on core.invitation_roles to service_role, empathy_auditor;
