-- What the log stands on, as it was when a migration last set it up: triggers, functions, privileges, each as a hash.
-- The log follows this table, so that it cannot be changed unseen; verification compares it with what is there.

create table audit.safeguards (
    object text not null,
    digest bytea not null,
    catalog_xmin xid,
    recorded_at timestamptz not null default now(),
    constraint safeguards_pkey primary key (object),
    constraint safeguards_digest_check check (octet_length(digest) = 32)
);

comment on table audit.safeguards is 'What the log stands on: triggers, functions, privileges, each as a hash.';
comment on column audit.safeguards.object is 'The trigger, function or table.';
comment on column audit.safeguards.digest is 'The hash of its definition.';
comment on column audit.safeguards.catalog_xmin is
    'The transaction that last wrote it in the catalog: a hint that it was touched; null where others write it.';
comment on column audit.safeguards.recorded_at is 'When it was recorded.';
