-- Keys of the installation itself, wrapped by the key-encryption key: the one that makes blind indexes.

create table core.instance_keys (
    purpose text not null,
    wrapped_key bytea not null,
    kek_id text not null,
    created_at timestamptz not null default now(),
    constraint instance_keys_pkey primary key (purpose),
    constraint instance_keys_purpose_check check (purpose in ('blind_index'))
);

comment on table core.instance_keys is 'Keys of the installation, wrapped. No app role can read a row.';
comment on column core.instance_keys.purpose is 'What the key is for.';
comment on column core.instance_keys.wrapped_key is 'The key, encrypted with the key-encryption key.';
comment on column core.instance_keys.kek_id is 'Which key-encryption key wraps it.';
comment on column core.instance_keys.created_at is 'When it was made.';
