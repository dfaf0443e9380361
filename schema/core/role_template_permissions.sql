-- Which permissions the starting roles carry.

create table core.role_template_permissions (
    role text not null,
    permission text not null,
    constraint role_template_permissions_pkey primary key (role, permission),
    constraint role_template_permissions_role_fkey foreign key (role) references core.role_templates (key),
    constraint role_template_permissions_permission_fkey
        foreign key (permission) references core.permissions (key)
);

create index role_template_permissions_permission_idx on core.role_template_permissions (permission);

comment on table core.role_template_permissions is 'Which permissions the starting roles carry.';
comment on column core.role_template_permissions.role is 'The starting role.';
comment on column core.role_template_permissions.permission is 'A permission that it carries.';
