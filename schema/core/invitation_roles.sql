-- The roles that an invitation brings.

create table core.invitation_roles (
    tenant_id uuid not null,
    invitation_id uuid not null,
    role_id uuid not null,
    constraint invitation_roles_pkey primary key (tenant_id, invitation_id, role_id),
    constraint invitation_roles_tenant_id_invitation_id_fkey
        foreign key (tenant_id, invitation_id) references core.invitations (tenant_id, id),
    constraint invitation_roles_tenant_id_role_id_fkey
        foreign key (tenant_id, role_id) references core.roles (tenant_id, id)
);

create index invitation_roles_tenant_id_role_id_idx on core.invitation_roles (tenant_id, role_id);

comment on table core.invitation_roles is 'The roles that an invitation brings.';
comment on column core.invitation_roles.tenant_id is 'The organization.';
comment on column core.invitation_roles.invitation_id is 'The invitation.';
comment on column core.invitation_roles.role_id is 'A role that it brings.';
