-- The roles of an organization. It starts with the templates and may change, add and retire roles.

create table core.roles (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    key text not null,
    name text not null,
    description text not null default '',
    levels smallint[] not null,
    requires_kyc boolean not null default false,
    is_owner boolean not null generated always as (key = 'owner') stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    retired_at timestamptz,
    constraint roles_pkey primary key (tenant_id, id),
    constraint roles_tenant_id_key_key unique (tenant_id, key),
    constraint roles_tenant_id_id_is_owner_key unique (tenant_id, id, is_owner),
    constraint roles_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint roles_key_check check (key ~ '^[a-z][a-z0-9_]{0,62}$'),
    constraint roles_name_check check (length(btrim(name)) between 1 and 80),
    constraint roles_description_check check (length(description) <= 2000),
    constraint roles_levels_check check (levels <@ array[0, 1, 2]::smallint[] and cardinality(levels) > 0),
    constraint roles_owner_check check (key <> 'owner' or (levels = array[0]::smallint[] and retired_at is null))
);

create trigger _010_freeze_key
before update of tenant_id, id on core.roles
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.roles
for each row execute function core.tg__touch();

comment on table core.roles is 'The roles of an organization.';
comment on column core.roles.tenant_id is 'The organization.';
comment on column core.roles.id is 'The id.';
comment on column core.roles.key is 'What programs call it.';
comment on column core.roles.name is 'What people call it.';
comment on column core.roles.description is 'What it is for.';
comment on column core.roles.levels is 'Where it can be held: 0 organization, 1 project, 2 place.';
comment on column core.roles.requires_kyc is 'Whether only a person whose identity was verified can hold it.';
comment on column core.roles.is_owner is 'The one role that an organization can never be without.';
comment on column core.roles.created_at is 'When it was made.';
comment on column core.roles.updated_at is 'When its row last changed.';
comment on column core.roles.retired_at is 'Since when it is granted no more; who holds it keeps it.';
