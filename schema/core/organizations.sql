-- The tenant. Its root scope, with the same id, is created with it.

create table core.organizations (
    id uuid not null default core.new_id(),
    slug text not null,
    name text not null,
    region text not null default 'unspecified',
    jurisdiction text not null default 'unspecified',
    data_location text not null default 'unspecified',
    status core.organization_status not null default 'active',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint organizations_pkey primary key (id),
    constraint organizations_slug_key unique (slug),
    constraint organizations_slug_check check (core.is_slug(slug)),
    constraint organizations_name_check check (length(btrim(name)) between 1 and 200),
    constraint organizations_place_check check (
        greatest(length(region), length(jurisdiction), length(data_location)) <= 200
    )
);

create trigger _010_freeze_key
before update of id on core.organizations
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.organizations
for each row execute function core.tg__touch();

create trigger _100_found
after insert on core.organizations
for each row execute function core.tg_organizations__found();

comment on table core.organizations is
    'An organization is a tenant: what it owns carries its id, and nothing of it can refer to another''s.';
comment on column core.organizations.id is
    'The id, which is also the id of the root scope and every tenant_id below.';
comment on column core.organizations.slug is 'The name in addresses: lower-case, unique on the platform.';
comment on column core.organizations.name is 'The name as people read it.';
comment on column core.organizations.region is 'Where the organization works.';
comment on column core.organizations.jurisdiction is 'Whose law governs its data.';
comment on column core.organizations.data_location is 'Where its data is stored.';
comment on column core.organizations.status is 'Whether it is in use.';
comment on column core.organizations.created_at is 'When it was founded here.';
comment on column core.organizations.updated_at is 'When its row last changed.';
