-- The words that an organization finds its works by. Some turn out to say the same as another: synonyms, which lead to
-- that one. Words are everybody's in the organization to read, whatever is called by them.

create table content.tags (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    slug text not null,
    name text not null,
    is_synonym boolean not null default false,
    synonym_id uuid generated always as (case when is_synonym then id end) stored,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    constraint tags_pkey primary key (tenant_id, id),
    constraint tags_tenant_id_slug_key unique (tenant_id, slug),
    constraint tags_tenant_id_id_is_synonym_key unique (tenant_id, id, is_synonym),
    constraint tags_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint tags_created_by_fkey foreign key (created_by) references core.people (id),
    constraint tags_slug_check check (core.is_slug(slug)),
    constraint tags_name_check check (length(btrim(name)) between 1 and 100)
);

create index tags_id_idx on content.tags (id);
create index tags_tenant_id_synonym_id_idx on content.tags (tenant_id, synonym_id);
create index tags_created_by_idx on content.tags (created_by);

comment on table content.tags is 'The words that an organization finds its works by.';
comment on column content.tags.tenant_id is 'The organization.';
comment on column content.tags.id is 'The id.';
comment on column content.tags.slug is 'The word in addresses.';
comment on column content.tags.name is 'The word as people read it.';
comment on column content.tags.is_synonym is 'Whether it leads to another word: no work is called by it itself.';
comment on column content.tags.synonym_id is 'Itself, where it leads to another: the key holds it to be approved.';
comment on column content.tags.created_by is 'Who brought it in.';
comment on column content.tags.created_at is 'When.';
