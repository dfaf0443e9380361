-- What a story warns of, before it is opened. Its teller says so; that it names or shows somebody who has died is said
-- of itself, as long as one of those who have to consent to it is on record as such.

create table stories.content_warnings (
    tenant_id uuid not null,
    work_id uuid not null,
    kind text not null,
    source stories.warning_source not null,
    added_at timestamptz not null default now(),
    constraint content_warnings_pkey primary key (tenant_id, work_id, kind, source),
    constraint content_warnings_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references stories.stories (tenant_id, id),
    constraint content_warnings_kind_fkey foreign key (kind) references stories.warning_kinds (kind),
    constraint content_warnings_source_check check (source = 'teller' or kind = 'deceased')
);

create index content_warnings_kind_idx on stories.content_warnings (kind);

create trigger _100_warn
after insert on consent.consent_parties
for each row when (new.person_id is not null) execute function stories.tg_consent_parties__warn();

create trigger _500_warn
after update of deceased_on, merged_into on core.people
for each row when (
    old.deceased_on is distinct from new.deceased_on or old.merged_into is distinct from new.merged_into
) execute function stories.tg_people__warn();

comment on table stories.content_warnings is 'What a story warns of, before it is opened.';
comment on column stories.content_warnings.tenant_id is 'The organization.';
comment on column stories.content_warnings.work_id is 'The story.';
comment on column stories.content_warnings.kind is 'What it warns of.';
comment on column stories.content_warnings.source is 'Whether its teller says so, or what is on record.';
comment on column stories.content_warnings.added_at is 'Since when.';
