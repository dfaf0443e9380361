-- Which word says the same as which other: proposed by anybody, approved or rejected by those who look after the words.
-- What is approved leads from a word that is a synonym to one that is none, so nothing leads on from there, nor back:
-- the keys hold that.

create table content.tag_synonyms (
    tenant_id uuid not null,
    synonym_tag_id uuid not null,
    tag_id uuid not null,
    status text not null default 'proposed',
    resolves boolean not null generated always as (status = 'approved') stored,
    leads_on boolean generated always as (case when status = 'approved' then false end) stored,
    proposed_by uuid not null,
    proposed_at timestamptz not null default now(),
    decided_by uuid,
    decided_at timestamptz,
    constraint tag_synonyms_pkey primary key (tenant_id, synonym_tag_id),
    constraint tag_synonyms_tenant_id_synonym_tag_id_resolves_key unique (tenant_id, synonym_tag_id, resolves),
    constraint tag_synonyms_tenant_id_synonym_tag_id_tag_id_resolves_key
        unique (tenant_id, synonym_tag_id, tag_id, resolves),
    -- Approved, it is a synonym; otherwise, it is none.
    constraint tag_synonyms_tenant_id_synonym_tag_id_resolves_fkey
        foreign key (tenant_id, synonym_tag_id, resolves)
        references content.tags (tenant_id, id, is_synonym)
        deferrable initially deferred,
    constraint tag_synonyms_tenant_id_tag_id_fkey
        foreign key (tenant_id, tag_id) references content.tags (tenant_id, id),
    -- What it leads to is none.
    constraint tag_synonyms_tenant_id_tag_id_leads_on_fkey
        foreign key (tenant_id, tag_id, leads_on) references content.tags (tenant_id, id, is_synonym),
    constraint tag_synonyms_proposed_by_fkey foreign key (proposed_by) references core.people (id),
    constraint tag_synonyms_decided_by_fkey foreign key (decided_by) references core.people (id),
    constraint tag_synonyms_tag_id_check check (tag_id <> synonym_tag_id),
    constraint tag_synonyms_status_check check (status in ('proposed', 'approved', 'rejected')),
    constraint tag_synonyms_decided_at_check check ((decided_at is null) = (status = 'proposed'))
);

create index tag_synonyms_tenant_id_tag_id_idx on content.tag_synonyms (tenant_id, tag_id);
create index tag_synonyms_proposed_by_idx on content.tag_synonyms (proposed_by);
create index tag_synonyms_decided_by_idx on content.tag_synonyms (decided_by);

-- And a synonym leads somewhere.
alter table content.tags
add constraint tags_tenant_id_synonym_id_is_synonym_fkey
foreign key (tenant_id, synonym_id, is_synonym)
references content.tag_synonyms (tenant_id, synonym_tag_id, resolves)
deferrable initially deferred;

comment on table content.tag_synonyms is 'Which word says the same as which other.';
comment on column content.tag_synonyms.tenant_id is 'The organization.';
comment on column content.tag_synonyms.synonym_tag_id is 'The word that leads to another.';
comment on column content.tag_synonyms.tag_id is 'The word that it leads to.';
comment on column content.tag_synonyms.status is 'Proposed, approved or rejected.';
comment on column content.tag_synonyms.resolves is 'Whether it counts: what is approved does.';
comment on column content.tag_synonyms.leads_on is
    'Whether the word that it leads to leads on to another: where it counts, never.';
comment on column content.tag_synonyms.proposed_by is 'Who proposed it.';
comment on column content.tag_synonyms.proposed_at is 'When.';
comment on column content.tag_synonyms.decided_by is 'Who decided.';
comment on column content.tag_synonyms.decided_at is 'When.';
