-- What a work is called by: each word as it was said, with the one that it leads to. When words are merged, only the
-- second changes, so that nothing is lost and it can be undone.

create table content.work_tags (
    tenant_id uuid not null,
    work_id uuid not null,
    word_id uuid not null,
    tag_id uuid not null,
    leads_on boolean not null generated always as (false) stored,
    synonym_id uuid generated always as (case when word_id <> tag_id then word_id end) stored,
    resolves boolean generated always as (case when word_id <> tag_id then true end) stored,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint work_tags_pkey primary key (tenant_id, work_id, word_id),
    constraint work_tags_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint work_tags_tenant_id_word_id_fkey
        foreign key (tenant_id, word_id) references content.tags (tenant_id, id),
    -- It is found by a word that leads nowhere else.
    constraint work_tags_tenant_id_tag_id_leads_on_fkey
        foreign key (tenant_id, tag_id, leads_on) references content.tags (tenant_id, id, is_synonym),
    -- Where that is not the word that was said, an approved synonym leads there.
    constraint work_tags_tenant_id_synonym_id_tag_id_resolves_fkey
        foreign key (tenant_id, synonym_id, tag_id, resolves)
        references content.tag_synonyms (tenant_id, synonym_tag_id, tag_id, resolves)
        deferrable initially deferred,
    constraint work_tags_added_by_fkey foreign key (added_by) references core.people (id)
);

create index work_tags_tenant_id_word_id_idx on content.work_tags (tenant_id, word_id);
create index work_tags_tenant_id_tag_id_idx on content.work_tags (tenant_id, tag_id);
create index work_tags_tenant_id_synonym_id_idx on content.work_tags (tenant_id, synonym_id);
create index work_tags_added_by_idx on content.work_tags (added_by);

comment on table content.work_tags is 'What a work is called by.';
comment on column content.work_tags.tenant_id is 'The organization.';
comment on column content.work_tags.work_id is 'The work.';
comment on column content.work_tags.word_id is 'The word, as it was said.';
comment on column content.work_tags.tag_id is 'The word that it leads to; itself, unless it is a synonym.';
comment on column content.work_tags.leads_on is 'Whether that one leads on to another: never.';
comment on column content.work_tags.synonym_id is 'The word as it was said, where it is a synonym.';
comment on column content.work_tags.resolves is 'Yes, where it is a synonym: the key holds it to be approved.';
comment on column content.work_tags.added_by is 'Who called it so.';
comment on column content.work_tags.added_at is 'When.';
