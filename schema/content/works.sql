-- Everything that somebody makes: one row for each, whatever its kind. What only its kind has stands in a table beside,
-- what it says in its versions. Title and summary are its teaser, and may be read by whoever may read the work.
--
-- The three windows say when it is shared with whom, and in which version. They are compiled from its state, its
-- visibility and the consents of everyone who has to (consent._recompute), so that a reader's policy compares instants
-- and asks nobody. Without consent they are empty. They begin when they were compiled: whoever still lives in an
-- earlier instant, in a transaction that began before a withdrawal, finds them gone as well.

create table content.works (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    kind text not null,
    scope_id uuid not null,
    level smallint not null,
    project_id uuid not null,
    owner_id uuid not null,
    title text not null,
    summary text not null default '',
    lang text not null default 'en',
    visibility content.work_visibility not null default 'private',
    protocol_set_id uuid,
    state content.work_state not null default 'draft',
    moves integer not null default 1,
    current_version integer not null default 1,
    public_version integer,
    public_during tstzmultirange not null default '{}',
    organization_version integer,
    organization_during tstzmultirange not null default '{}',
    community_version integer,
    community_during tstzmultirange not null default '{}',
    compiled_at timestamptz not null default now(),
    revision bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint works_pkey primary key (tenant_id, id),
    -- What other tables hold on to. Led by what is not the key, each finds as well what is of a kind, somebody's, or
    -- under protocols; and one index that has it all is what every check uses, however much somebody made.
    constraint works_kind_tenant_id_id_key unique (kind, tenant_id, id),
    constraint works_owner_id_tenant_id_id_key unique (owner_id, tenant_id, id),
    -- For labels that bind: what they bring is among what the work stands under.
    constraint works_tenant_id_protocol_set_id_id_key unique (tenant_id, protocol_set_id, id),
    constraint works_kind_fkey foreign key (kind) references content.work_kinds (kind),
    -- Whose project it belongs to is what its place says.
    constraint works_tenant_id_scope_id_level_project_id_fkey
        foreign key (tenant_id, scope_id, level, project_id)
        references core.scopes (tenant_id, id, level, project_id),
    constraint works_owner_id_fkey foreign key (owner_id) references core.people (id),
    constraint works_title_check check (length(btrim(title)) between 1 and 300),
    constraint works_summary_check check (length(summary) <= 2000),
    constraint works_lang_check check (core.is_lang(lang)),
    -- Whatever was compiled: nothing is shared further than its owner meant, nor before it is published, nor without a
    -- version that everyone agreed to.
    constraint works_public_during_check check (
        public_during = '{}' or (visibility = 'public' and state = 'published' and public_version is not null)
    ),
    constraint works_organization_during_check check (
        organization_during = '{}'
        or (visibility in ('organization', 'public') and state = 'published' and organization_version is not null)
    ),
    constraint works_community_during_check check (
        community_during = '{}'
        or (visibility <> 'private' and state = 'published' and community_version is not null)
    )
);

create index works_id_idx on content.works (id);
create index works_created_at_idx on content.works (created_at);
create index works_tenant_id_scope_id_level_project_id_idx
on content.works (tenant_id, scope_id, level, project_id);
create index works_scope_id_created_at_idx on content.works (scope_id, created_at);

create trigger _010_freeze_key
before update of tenant_id, id, kind, scope_id, owner_id on content.works
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on content.works
for each row execute function core.tg__touch();

create trigger _100_stand_still
before update of title, summary, lang on content.works
for each row when ((old.title, old.summary, old.lang) is distinct from (new.title, new.summary, new.lang))
execute function content.tg_works__stand_still();

create trigger _200_count
after insert on content.works
for each row execute function content.tg_works__count();

-- By the clock: whoever waited for somebody who made it public meanwhile still lives in an earlier instant.
create trigger _400_tell
after update of public_version, public_during, protocol_set_id on content.works
for each row when (old.public_during @> clock_timestamp() and old.protocol_set_id is null)
execute function content.tg_works__tell();

comment on table content.works is 'Everything that somebody makes.';
comment on column content.works.tenant_id is 'The organization.';
comment on column content.works.id is 'The id.';
comment on column content.works.kind is 'What kind of work it is.';
comment on column content.works.scope_id is 'The place it belongs to.';
comment on column content.works.level is 'The level of that place.';
comment on column content.works.project_id is 'The project that place belongs to; without one, the organization.';
comment on column content.works.owner_id is 'Whose it is. That never changes.';
comment on column content.works.title is 'What it is called. Of a restricted work, part of the teaser.';
comment on column content.works.summary is 'What it is about. Of a restricted work, part of the teaser.';
comment on column content.works.lang is 'The language it is in.';
comment on column content.works.visibility is 'How far its owner lets it be shared at most.';
comment on column content.works.protocol_set_id is
    'The protocols it stands under, if any: then it is restricted, and read only when it was opened.';
comment on column content.works.state is 'How far it has come: what the last move made of it.';
comment on column content.works.moves is 'How many moves there were.';
comment on column content.works.current_version is 'The newest version.';
comment on column content.works.public_version is 'The newest version that may be public: what the public gets.';
comment on column content.works.public_during is 'From when it was compiled on: when everybody may read it.';
comment on column content.works.organization_version is 'The newest version that the organization may read.';
comment on column content.works.organization_during is
    'From when it was compiled on: when whoever belongs to the organization may read it.';
comment on column content.works.community_version is 'The newest version that its place may read.';
comment on column content.works.community_during is
    'From when it was compiled on: when whoever belongs to its place may read it.';
comment on column content.works.compiled_at is 'When the windows were last compiled.';
comment on column content.works.revision is 'Grows whenever the windows are compiled.';
comment on column content.works.created_at is 'When it was begun.';
comment on column content.works.updated_at is 'When its row last changed.';
