-- Every file there is: what was announced before its bytes came, and what became of them. The bytes lie in a store
-- outside the database, under a key that follows from the row; nobody reads them but past a policy of what shows them.
-- What is dropped is out of everybody's sight at once; its row stays, and says when the store let go of the bytes.

create table content.files (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    storage_key text not null generated always as (tenant_id::text || '/' || id::text) stored,
    sha256 text not null,
    mime text not null,
    bytes bigint not null,
    encryption content.file_encryption not null default 'none',
    state content.file_state not null default 'expected',
    uploaded_by uuid not null,
    begun_at timestamptz not null default now(),
    arrived_at timestamptz,
    attached_at timestamptz,
    dropped_at timestamptz,
    constraint files_pkey primary key (tenant_id, id),
    constraint files_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint files_uploaded_by_fkey foreign key (uploaded_by) references core.people (id),
    constraint files_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
    -- It goes into a header as it is.
    constraint files_mime_check check (mime ~ '^[a-z]+/[a-z0-9][a-z0-9.+-]*$' and length(mime) <= 127),
    -- No more than S3 takes in one piece.
    constraint files_bytes_check check (bytes between 1 and 5368709120),
    constraint files_arrived_at_check check (
        case state when 'expected' then arrived_at is null when 'arrived' then arrived_at is not null else true end
    ),
    constraint files_attached_at_check check (attached_at is null or arrived_at is not null),
    constraint files_dropped_at_check check (state <> 'gone' or dropped_at is not null)
);

create index files_id_idx on content.files (id);
create index files_tenant_id_scope_id_idx on content.files (tenant_id, scope_id);
create index files_uploaded_by_idx on content.files (uploaded_by);
create index files_begun_at_idx on content.files (begun_at) where attached_at is null and dropped_at is null;
create index files_dropped_at_idx on content.files (dropped_at) where state <> 'gone';

create trigger _010_freeze_key
before update of tenant_id, id, scope_id, sha256, mime, bytes, uploaded_by on content.files
for each row execute function core.tg__freeze_key();

create trigger _200_count_bytes
after insert or update of state or delete on content.files
for each row execute function content.tg_files__count_bytes();

comment on table content.files is 'Every file there is: what was announced, and what became of its bytes.';
comment on column content.files.tenant_id is 'The organization.';
comment on column content.files.id is 'The id.';
comment on column content.files.scope_id is 'The place whose storage it takes.';
comment on column content.files.storage_key is 'What the store calls it.';
comment on column content.files.sha256 is 'The SHA-256 of its bytes, as was announced; other bytes do not arrive.';
comment on column content.files.mime is 'What kind of file it is.';
comment on column content.files.bytes is 'How long it is.';
comment on column content.files.encryption is 'Whether the store keeps the bytes encrypted.';
comment on column content.files.state is 'Whether its bytes are expected, have arrived, or are gone.';
comment on column content.files.uploaded_by is 'Who announced it.';
comment on column content.files.begun_at is 'When it was announced.';
comment on column content.files.arrived_at is 'When its bytes had arrived, and were what had been announced.';
comment on column content.files.attached_at is
    'Since when a work shows it, or did; what nothing ever shows is dropped after a day.';
comment on column content.files.dropped_at is 'Since when the store has to let go of it.';
