-- Whom a protocol names: those who hold a role in its community, a group, or one member. Any one of them is enough.

create table consent.protocol_admissions (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    protocol_id uuid not null,
    scope_id uuid not null,
    role_id uuid,
    group_id uuid,
    membership_id uuid,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint protocol_admissions_pkey primary key (tenant_id, id),
    constraint protocol_admissions_named_key
        unique nulls not distinct (tenant_id, protocol_id, role_id, group_id, membership_id),
    constraint protocol_admissions_tenant_id_protocol_id_scope_id_fkey
        foreign key (tenant_id, protocol_id, scope_id) references consent.protocols (tenant_id, id, scope_id),
    constraint protocol_admissions_tenant_id_role_id_fkey
        foreign key (tenant_id, role_id) references core.roles (tenant_id, id),
    constraint protocol_admissions_tenant_id_group_id_scope_id_fkey
        foreign key (tenant_id, group_id, scope_id) references consent.protocol_groups (tenant_id, id, scope_id),
    constraint protocol_admissions_tenant_id_membership_id_scope_id_fkey
        foreign key (tenant_id, membership_id, scope_id) references core.memberships (tenant_id, id, scope_id),
    constraint protocol_admissions_added_by_fkey foreign key (added_by) references core.people (id),
    constraint protocol_admissions_named_check check (num_nonnulls(role_id, group_id, membership_id) = 1)
);

create index protocol_admissions_id_idx on consent.protocol_admissions (id);
create index protocol_admissions_tenant_id_role_id_idx on consent.protocol_admissions (tenant_id, role_id);
create index protocol_admissions_tenant_id_group_id_scope_id_idx
on consent.protocol_admissions (tenant_id, group_id, scope_id);
create index protocol_admissions_tenant_id_membership_id_scope_id_idx
on consent.protocol_admissions (tenant_id, membership_id, scope_id);
create index protocol_admissions_added_by_idx on consent.protocol_admissions (added_by);

create trigger _010_freeze_key
before update on consent.protocol_admissions
for each row execute function core.tg__freeze_key();

comment on table consent.protocol_admissions is 'Whom a protocol names.';
comment on column consent.protocol_admissions.tenant_id is 'The organization.';
comment on column consent.protocol_admissions.id is 'The id.';
comment on column consent.protocol_admissions.protocol_id is 'The protocol.';
comment on column consent.protocol_admissions.scope_id is 'The community.';
comment on column consent.protocol_admissions.role_id is 'Those who hold this role in the community.';
comment on column consent.protocol_admissions.group_id is 'Those in this group.';
comment on column consent.protocol_admissions.membership_id is 'This member.';
comment on column consent.protocol_admissions.added_by is 'Who said so.';
comment on column consent.protocol_admissions.added_at is 'When.';
