-- A key for each person, wrapped by the key-encryption key. Destroying it makes all they kept secret unreadable.

create table core.person_keys (
    person_id uuid not null,
    wrapped_key bytea,
    kek_id text,
    created_at timestamptz not null default now(),
    rewrapped_at timestamptz,
    destroyed_at timestamptz,
    constraint person_keys_pkey primary key (person_id),
    constraint person_keys_person_id_fkey foreign key (person_id) references core.people (id) on delete cascade,
    constraint person_keys_state_check check (
        case when destroyed_at is null
            then wrapped_key is not null and kek_id is not null
            else wrapped_key is null and kek_id is null
        end
    )
);

create index person_keys_kek_id_idx on core.person_keys (kek_id);

comment on table core.person_keys is 'A key for each person, wrapped. No app role can read a row.';
comment on column core.person_keys.person_id is 'Whose key it is.';
comment on column core.person_keys.wrapped_key is
    'The key, encrypted with the key-encryption key; none once destroyed.';
comment on column core.person_keys.kek_id is 'Which key-encryption key wraps it.';
comment on column core.person_keys.created_at is 'When it was made.';
comment on column core.person_keys.rewrapped_at is 'When it was last wrapped anew.';
comment on column core.person_keys.destroyed_at is 'When it was destroyed. It does not come back.';
