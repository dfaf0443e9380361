-- A single permission given to, or taken from, one membership. Taken beats given, here; it reaches no other one.

create table core.membership_permissions (
    tenant_id uuid not null,
    membership_id uuid not null,
    permission text not null,
    effect core.permission_effect not null,
    reason text not null default '',
    granted_by uuid,
    granted_at timestamptz not null default now(),
    constraint membership_permissions_pkey primary key (tenant_id, membership_id, permission),
    constraint membership_permissions_tenant_id_membership_id_fkey
        foreign key (tenant_id, membership_id) references core.memberships (tenant_id, id),
    constraint membership_permissions_permission_fkey
        foreign key (permission) references core.permissions (key),
    constraint membership_permissions_granted_by_fkey foreign key (granted_by) references core.people (id),
    constraint membership_permissions_reason_check check (length(reason) <= 2000)
);

create index membership_permissions_permission_idx on core.membership_permissions (permission);
create index membership_permissions_granted_by_idx on core.membership_permissions (granted_by);

comment on table core.membership_permissions is
    'A single permission given to, or taken from, one membership, beside its roles.';
comment on column core.membership_permissions.tenant_id is 'The organization.';
comment on column core.membership_permissions.membership_id is 'The membership.';
comment on column core.membership_permissions.permission is 'The permission.';
comment on column core.membership_permissions.effect is 'Given or taken.';
comment on column core.membership_permissions.reason is 'Why.';
comment on column core.membership_permissions.granted_by is 'Who decided it.';
comment on column core.membership_permissions.granted_at is 'When.';
