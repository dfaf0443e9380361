-- Groups of a community's members whom protocols can admit together: a family, those who were taught something.

create table consent.protocol_groups (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    level smallint not null generated always as (2) stored,
    name text not null,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    constraint protocol_groups_pkey primary key (tenant_id, id),
    constraint protocol_groups_tenant_id_id_scope_id_key unique (tenant_id, id, scope_id),
    constraint protocol_groups_tenant_id_scope_id_name_key unique (tenant_id, scope_id, name),
    constraint protocol_groups_tenant_id_scope_id_level_fkey
        foreign key (tenant_id, scope_id, level) references core.scopes (tenant_id, id, level),
    constraint protocol_groups_created_by_fkey foreign key (created_by) references core.people (id),
    constraint protocol_groups_name_check check (name = btrim(name) and length(name) between 1 and 200)
);

create index protocol_groups_id_idx on consent.protocol_groups (id);
create index protocol_groups_created_by_idx on consent.protocol_groups (created_by);

create trigger _010_freeze_key
before update of tenant_id, id, scope_id on consent.protocol_groups
for each row execute function core.tg__freeze_key();

comment on table consent.protocol_groups is 'Groups of a community''s members whom protocols can admit together.';
comment on column consent.protocol_groups.tenant_id is 'The organization.';
comment on column consent.protocol_groups.id is 'The id.';
comment on column consent.protocol_groups.scope_id is 'The community.';
comment on column consent.protocol_groups.level is 'A community is a place (2).';
comment on column consent.protocol_groups.name is 'What the community calls it.';
comment on column consent.protocol_groups.created_by is 'Who began it.';
comment on column consent.protocol_groups.created_at is 'When.';
