-- Keys for programs. Shown once, stored as a hash; a rotated key has one successor, and both work for a while.

create table core.api_keys (
    id uuid not null default core.new_id(),
    key_hash bytea not null,
    tenant_id uuid not null,
    scope_id uuid not null,
    person_id uuid not null,
    name text not null,
    channel text,
    requests_per_minute integer not null default 600,
    expires_at timestamptz not null,
    rotated_from uuid,
    last_used_on date,
    created_at timestamptz not null default now(),
    revoked_at timestamptz,
    constraint api_keys_pkey primary key (id),
    constraint api_keys_key_hash_key unique (key_hash),
    constraint api_keys_rotated_from_key unique (rotated_from),
    constraint api_keys_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint api_keys_person_id_fkey foreign key (person_id) references core.people (id),
    constraint api_keys_rotated_from_fkey foreign key (rotated_from) references core.api_keys (id),
    constraint api_keys_name_check check (length(btrim(name)) between 1 and 80),
    constraint api_keys_channel_check check (channel ~ '^[a-z][a-z0-9_]{0,62}$'),
    constraint api_keys_requests_per_minute_check check (requests_per_minute between 1 and 1000000),
    constraint api_keys_expires_at_check check (expires_at > created_at and isfinite(expires_at))
);

create index api_keys_tenant_id_scope_id_idx on core.api_keys (tenant_id, scope_id);
create index api_keys_person_id_idx on core.api_keys (person_id);

create trigger _010_freeze_key
before update of id on core.api_keys
for each row execute function core.tg__freeze_key();

comment on table core.api_keys is 'Keys for programs: each acts for the person who made it, with less.';
comment on column core.api_keys.id is 'The id.';
comment on column core.api_keys.key_hash is 'SHA-256 of the key, which is shown once and never stored.';
comment on column core.api_keys.tenant_id is 'The organization.';
comment on column core.api_keys.scope_id is 'The scope it is for; it reaches nothing outside.';
comment on column core.api_keys.person_id is 'Who made it and answers for it.';
comment on column core.api_keys.name is 'What people call it.';
comment on column core.api_keys.channel is
    'The channel it serves; what was not consented to for it is not handed out.';
comment on column core.api_keys.requests_per_minute is 'How many requests a minute it may make.';
comment on column core.api_keys.expires_at is 'Until when it works.';
comment on column core.api_keys.rotated_from is 'The key that it follows; a key has one successor.';
comment on column core.api_keys.last_used_on is 'The last day it was used.';
comment on column core.api_keys.created_at is 'When it was made.';
comment on column core.api_keys.revoked_at is 'Since when it works no more.';
