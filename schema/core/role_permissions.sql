-- Which permissions a role carries.

create table core.role_permissions (
    tenant_id uuid not null,
    role_id uuid not null,
    permission text not null,
    created_at timestamptz not null default now(),
    constraint role_permissions_pkey primary key (tenant_id, role_id, permission),
    constraint role_permissions_tenant_id_role_id_fkey
        foreign key (tenant_id, role_id) references core.roles (tenant_id, id),
    constraint role_permissions_permission_fkey foreign key (permission) references core.permissions (key)
);

create index role_permissions_permission_idx on core.role_permissions (permission);

comment on table core.role_permissions is 'Which permissions a role carries.';
comment on column core.role_permissions.tenant_id is 'The organization.';
comment on column core.role_permissions.role_id is 'The role.';
comment on column core.role_permissions.permission is 'A permission that it carries.';
comment on column core.role_permissions.created_at is 'Since when.';
