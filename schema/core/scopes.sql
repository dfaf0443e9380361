-- The tree of scopes, exactly three levels deep: organization, project, place.
-- Its shape is held by keys and checks alone: a parent stands on a higher level, so there can be no cycle.

create table core.scopes (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    kind text not null,
    level smallint not null,
    parent_id uuid,
    parent_level smallint,
    project_id uuid not null generated always as (case when level = 2 then parent_id else id end) stored,
    slug text not null,
    name text not null,
    description text not null default '',
    visibility core.scope_visibility not null default 'private',
    created_by uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    archived_at timestamptz,
    constraint scopes_pkey primary key (tenant_id, id),
    constraint scopes_tenant_id_id_kind_key unique (tenant_id, id, kind),
    constraint scopes_tenant_id_id_level_key unique (tenant_id, id, level),
    constraint scopes_tenant_id_id_level_project_id_key unique (tenant_id, id, level, project_id),
    constraint scopes_tenant_id_parent_id_slug_key unique (tenant_id, parent_id, slug),
    constraint scopes_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint scopes_created_by_fkey foreign key (created_by) references core.people (id),
    constraint scopes_kind_level_fkey foreign key (kind, level) references core.scope_kinds (kind, level),
    constraint scopes_tenant_id_parent_id_parent_level_fkey
        foreign key (tenant_id, parent_id, parent_level) references core.scopes (tenant_id, id, level),
    constraint scopes_root_check check ((level = 0) = (id = tenant_id)),
    constraint scopes_parent_check check (
        case level
            when 0 then parent_id is null and parent_level is null
            when 1 then parent_id is not distinct from tenant_id and parent_level is not distinct from 0
            -- Without a parent it would have no project_id, which is never null.
            else parent_level is not null and parent_level in (0, 1)
        end
    ),
    constraint scopes_slug_check check (core.is_slug(slug)),
    constraint scopes_name_check check (length(btrim(name)) between 1 and 200),
    constraint scopes_description_check check (length(description) <= 5000)
);

create index scopes_id_idx on core.scopes (id);
create index scopes_project_id_idx on core.scopes (project_id);
create index scopes_kind_level_idx on core.scopes (kind, level);
create index scopes_created_by_idx on core.scopes (created_by);
create index scopes_words_idx on core.scopes using gin (core._scope_words(name, description));

create trigger _010_freeze_key
before update of tenant_id, id on core.scopes
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.scopes
for each row execute function core.tg__touch();

create trigger _100_keep_root
before delete on core.scopes
for each row when (old.level = 0) execute function core.tg_scopes__keep_root();

comment on table core.scopes is
    'Where things belong: an organization (level 0), its projects (1) and places (2), such as a community.';
comment on column core.scopes.tenant_id is 'The organization.';
comment on column core.scopes.id is 'The id; the root scope has the id of its organization.';
comment on column core.scopes.kind is 'What it is: organization, project, or a kind of place.';
comment on column core.scopes.level is '0 organization, 1 project, 2 place; follows from the kind.';
comment on column core.scopes.parent_id is
    'The scope above; a place may hang under a project or straight under the organization.';
comment on column core.scopes.parent_level is 'The level of the scope above.';
comment on column core.scopes.project_id is
    'The project it belongs to; without one, the organization. Never null, or composite keys would not be checked.';
comment on column core.scopes.slug is 'The name in addresses, unique among siblings.';
comment on column core.scopes.name is 'The name as people read it.';
comment on column core.scopes.description is 'A few words on what happens here.';
comment on column core.scopes.visibility is 'Who can find the scope. What is in it has rules of its own.';
comment on column core.scopes.created_by is 'Who created it.';
comment on column core.scopes.created_at is 'When it was created.';
comment on column core.scopes.updated_at is 'When its row last changed.';
comment on column core.scopes.archived_at is
    'Since when it is archived: it can be read, nothing new begins in it.';
