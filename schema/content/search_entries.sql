-- The words by which works are found: one row for every version of a work that anybody reads now, or does while nobody
-- writes, because a window begins. That is its newest version, for those who make it and those who review it, and the
-- ones that its windows open. Of what stands under protocols title and summary alone stand here, opened or not.
--
-- Derived, from content.works and its versions; read it, never write it. Triggers keep it (content._keep_entries),
-- content.verify_search() recounts it. It is a first sieve and decides nothing: whoever is let through has to pass
-- content.known_works, which looks at windows, protocols and people as they are at that moment.

create table content.search_entries (
    tenant_id uuid not null,
    work_id uuid not null,
    version integer not null,
    created_at timestamptz not null,
    dictionary text not null,
    places uuid[] not null,
    audiences uuid[] not null,
    words tsvector not null,
    constraint search_entries_pkey primary key (tenant_id, work_id, version),
    constraint search_entries_tenant_id_work_id_version_fkey
        foreign key (tenant_id, work_id, version) references content.work_versions (tenant_id, work_id, number)
);

-- One index for all that is asked at once. It is kept up to date at once, too: what waits in a list would have to be
-- read by everybody who searches.
create index search_entries_words_idx on content.search_entries
using gin (words, audiences, places) with (fastupdate = off);
create index search_entries_dictionary_idx on content.search_entries (dictionary);

create trigger _300_keep_entries
after update of
    title, summary, lang, created_at, protocol_set_id, state, current_version,
    public_version, public_during, organization_version, organization_during, community_version, community_during
on content.works
for each row when (
    (
        old.title, old.summary, old.lang, old.created_at, old.protocol_set_id is null,
        old.state in ('submitted', 'in_review'), old.current_version,
        case when old.public_during <> '{}' then old.public_version end,
        case when old.organization_during <> '{}' then old.organization_version end,
        case when old.community_during <> '{}' then old.community_version end
    ) is distinct from (
        new.title, new.summary, new.lang, new.created_at, new.protocol_set_id is null,
        new.state in ('submitted', 'in_review'), new.current_version,
        case when new.public_during <> '{}' then new.public_version end,
        case when new.organization_during <> '{}' then new.organization_version end,
        case when new.community_during <> '{}' then new.community_version end
    )
)
execute function content.tg_works__keep_entries();

-- A work is there before its first version.
create trigger _300_keep_entries
after insert on content.work_versions
for each row execute function content.tg_work_versions__keep_entries();

comment on table content.search_entries is 'The words by which works are found.';
comment on column content.search_entries.tenant_id is 'The organization.';
comment on column content.search_entries.work_id is 'The work.';
comment on column content.search_entries.version is 'Whose words these are.';
comment on column content.search_entries.created_at is 'When the work was begun: the newest comes first.';
comment on column content.search_entries.dictionary is 'How words are understood, as the language of the work has it.';
comment on column content.search_entries.places is 'The place of the work, and those above it.';
comment on column content.search_entries.audiences is
    'Whose people may come to read this version: a place, an organization; all zeros where everybody may.';
comment on column content.search_entries.words is
    'The words of title (A), summary (B) and text (C), and one that says how they are understood.';
