-- Which story a community's own telling stands beside. Each has its teller, its consents and its protocols: neither
-- opens the other. That they belong together is seen by whoever may know of both. A record stands beside no record.

create table stories.community_records (
    tenant_id uuid not null,
    id uuid not null,
    is_record boolean not null generated always as (true) stored,
    original_id uuid not null,
    original_is_record boolean not null generated always as (false) stored,
    recorded_at timestamptz not null default now(),
    constraint community_records_pkey primary key (tenant_id, id),
    constraint community_records_tenant_id_id_is_record_fkey
        foreign key (tenant_id, id, is_record) references stories.stories (tenant_id, id, is_record),
    constraint community_records_tenant_id_original_id_original_is_record_fkey
        foreign key (tenant_id, original_id, original_is_record)
        references stories.stories (tenant_id, id, is_record)
);

create index community_records_tenant_id_original_id_original_is_record_idx
on stories.community_records (tenant_id, original_id, original_is_record);

-- A record stands beside something.
alter table stories.stories
add constraint stories_tenant_id_record_id_fkey
foreign key (tenant_id, record_id) references stories.community_records (tenant_id, id)
deferrable initially deferred;

create index stories_tenant_id_record_id_idx on stories.stories (tenant_id, record_id);

create trigger _010_append_only
before update or delete or truncate on stories.community_records
for each statement execute function audit.tg__append_only();

comment on table stories.community_records is 'Which story a community''s own telling stands beside.';
comment on column stories.community_records.tenant_id is 'The organization.';
comment on column stories.community_records.id is 'The community''s own telling.';
comment on column stories.community_records.is_record is 'That this is one.';
comment on column stories.community_records.original_id is 'The story that it stands beside.';
comment on column stories.community_records.original_is_record is 'That this is none.';
comment on column stories.community_records.recorded_at is 'When it was begun.';
