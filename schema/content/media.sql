-- What there is to see or hear in a work: a file, with what says it in words. Its id is that of its place. It is read
-- with the work, or by fewer: it can stand under protocols of its own.

create table content.media (
    tenant_id uuid not null,
    id uuid not null,
    work_id uuid not null,
    file_id uuid not null,
    alt_text text not null,
    caption text not null default '',
    duration_ms integer,
    sensitivity content.sensitivity not null default 'none',
    protocol_set_id uuid,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint media_pkey primary key (tenant_id, id),
    constraint media_tenant_id_file_id_key unique (tenant_id, file_id),
    constraint media_tenant_id_work_id_id_fkey
        foreign key (tenant_id, work_id, id) references content.placements (tenant_id, work_id, id),
    constraint media_tenant_id_file_id_fkey
        foreign key (tenant_id, file_id) references content.files (tenant_id, id),
    constraint media_added_by_fkey foreign key (added_by) references core.people (id),
    constraint media_alt_text_check check (length(btrim(alt_text)) between 1 and 2000),
    constraint media_caption_check check (length(caption) <= 2000),
    constraint media_duration_ms_check check (duration_ms > 0)
);

create index media_id_idx on content.media (id);
create index media_tenant_id_work_id_id_idx on content.media (tenant_id, work_id, id);
create index media_added_by_idx on content.media (added_by);

create trigger _010_freeze_key
before update of tenant_id, id, work_id, file_id on content.media
for each row execute function core.tg__freeze_key();

comment on table content.media is 'What there is to see or hear in a work.';
comment on column content.media.tenant_id is 'The organization.';
comment on column content.media.id is 'The id: that of its place in the work.';
comment on column content.media.work_id is 'The work.';
comment on column content.media.file_id is 'The file; no other medium shows it.';
comment on column content.media.alt_text is 'What is seen or heard, in words.';
comment on column content.media.caption is 'What is said about it.';
comment on column content.media.duration_ms is 'How long it takes, in thousandths of a second.';
comment on column content.media.sensitivity is 'What whoever reads may want to be warned of.';
comment on column content.media.protocol_set_id is
    'The protocols it stands under besides those of its work, if any: then it is for fewer, who open it first.';
comment on column content.media.added_by is 'Who added it.';
comment on column content.media.added_at is 'When.';

-- Who is forgotten takes along what there was to see in their works. After their decisions have ended, and their works
-- are locked for that.
create trigger _500_drop_files
after update of erased_at on core.people
for each row
when (old.erased_at is null and new.erased_at is not null)
execute function content.tg_people__drop_files();
