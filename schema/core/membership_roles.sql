-- The roles that a membership holds and held. A role that ended keeps its row.

create table core.membership_roles (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    membership_id uuid not null,
    role_id uuid not null,
    owns boolean not null,
    must_be_open_ended boolean generated always as (case when owns then true end) stored,
    owner_level smallint generated always as (case when owns then 0 end) stored,
    granted_by uuid,
    granted_at timestamptz not null default now(),
    revoked_by uuid,
    revoked_at timestamptz,
    constraint membership_roles_pkey primary key (tenant_id, id),
    constraint membership_roles_tenant_id_membership_id_fkey
        foreign key (tenant_id, membership_id) references core.memberships (tenant_id, id),
    constraint membership_roles_tenant_id_role_id_owns_fkey
        foreign key (tenant_id, role_id, owns) references core.roles (tenant_id, id, is_owner),
    constraint membership_roles_open_ended_fkey
        foreign key (tenant_id, membership_id, must_be_open_ended)
        references core.memberships (tenant_id, id, open_ended),
    constraint membership_roles_owner_level_fkey
        foreign key (tenant_id, membership_id, owner_level)
        references core.memberships (tenant_id, id, level),
    constraint membership_roles_granted_by_fkey foreign key (granted_by) references core.people (id),
    constraint membership_roles_revoked_by_fkey foreign key (revoked_by) references core.people (id),
    constraint membership_roles_revoked_at_check check (revoked_at is not null or revoked_by is null)
);

create unique index membership_roles_tenant_id_membership_id_role_id_key
    on core.membership_roles (tenant_id, membership_id, role_id)
    where revoked_at is null;
create index membership_roles_tenant_id_role_id_owns_idx on core.membership_roles (tenant_id, role_id, owns);
create index membership_roles_open_ended_idx
    on core.membership_roles (tenant_id, membership_id, must_be_open_ended);
create index membership_roles_owner_level_idx on core.membership_roles (tenant_id, membership_id, owner_level);
create index membership_roles_granted_by_idx on core.membership_roles (granted_by);
create index membership_roles_revoked_by_idx on core.membership_roles (revoked_by);

create trigger _010_freeze_key
before update of tenant_id, id, membership_id, role_id on core.membership_roles
for each row execute function core.tg__freeze_key();

create trigger _050_check_role
before insert on core.membership_roles
for each row execute function core.tg_membership_roles__check_role();

create trigger _100_count_owners
after insert or update of revoked_at or delete on core.membership_roles
for each row execute function core.tg_membership_roles__count_owners();

comment on table core.membership_roles is 'The roles that a membership holds and held.';
comment on column core.membership_roles.tenant_id is 'The organization.';
comment on column core.membership_roles.id is 'The id.';
comment on column core.membership_roles.membership_id is 'The membership.';
comment on column core.membership_roles.role_id is 'The role.';
comment on column core.membership_roles.owns is 'Whether it is the owner''s role; its key holds it true.';
comment on column core.membership_roles.must_be_open_ended is
    'Set for an owner: through the key, an owner''s membership has no end date.';
comment on column core.membership_roles.owner_level is
    'Set for an owner: through the key, an owner is a member of the organization itself.';
comment on column core.membership_roles.granted_by is 'Who granted it; nobody, for the founder.';
comment on column core.membership_roles.granted_at is 'When.';
comment on column core.membership_roles.revoked_by is 'Who took it back.';
comment on column core.membership_roles.revoked_at is 'When it ended; null while it is held.';
