-- Who is in a group: a membership in its community, not a person. It counts while the membership lives, and whoever
-- comes back has to be taken in anew.

create table consent.protocol_group_members (
    tenant_id uuid not null,
    group_id uuid not null,
    scope_id uuid not null,
    membership_id uuid not null,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint protocol_group_members_pkey primary key (tenant_id, group_id, membership_id),
    constraint protocol_group_members_tenant_id_group_id_scope_id_fkey
        foreign key (tenant_id, group_id, scope_id) references consent.protocol_groups (tenant_id, id, scope_id),
    constraint protocol_group_members_tenant_id_membership_id_scope_id_fkey
        foreign key (tenant_id, membership_id, scope_id) references core.memberships (tenant_id, id, scope_id),
    constraint protocol_group_members_added_by_fkey foreign key (added_by) references core.people (id)
);

create index protocol_group_members_tenant_id_membership_id_scope_id_idx
on consent.protocol_group_members (tenant_id, membership_id, scope_id);
create index protocol_group_members_added_by_idx on consent.protocol_group_members (added_by);

create trigger _010_freeze_key
before update on consent.protocol_group_members
for each row execute function core.tg__freeze_key();

comment on table consent.protocol_group_members is 'Who is in a group that protocols can admit.';
comment on column consent.protocol_group_members.tenant_id is 'The organization.';
comment on column consent.protocol_group_members.group_id is 'The group.';
comment on column consent.protocol_group_members.scope_id is 'The community of both.';
comment on column consent.protocol_group_members.membership_id is 'Whose membership.';
comment on column consent.protocol_group_members.added_by is 'Who took them in.';
comment on column consent.protocol_group_members.added_at is 'When.';
