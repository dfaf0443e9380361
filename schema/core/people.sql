-- People. A person is not a login: tellers without an account, children, the deceased and the imported exist.

create table core.people (
    id uuid not null default core.new_id(),
    handle text,
    display_name text not null,
    bio text not null default '',
    avatar_url text,
    locale text not null default 'en',
    country_code text,
    deceased_on date,
    guardian_id uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    merged_into uuid,
    erased_at timestamptz,
    constraint people_pkey primary key (id),
    constraint people_handle_key unique (handle),
    constraint people_guardian_id_fkey foreign key (guardian_id) references core.people (id),
    constraint people_merged_into_fkey foreign key (merged_into) references core.people (id),
    constraint people_handle_check check (handle ~ '^[a-z0-9][a-z0-9_]{1,38}[a-z0-9]$'),
    constraint people_display_name_check check (length(btrim(display_name)) between 1 and 80),
    constraint people_bio_check check (length(bio) <= 5000),
    constraint people_locale_check check (core.is_lang(locale)),
    constraint people_country_code_check check (country_code ~ '^[A-Z]{2}$'),
    constraint people_avatar_url_check check (avatar_url ~ '^https://[^\s"''<>]+$' and length(avatar_url) <= 500),
    constraint people_deceased_on_check check (isfinite(deceased_on)),
    constraint people_guardian_check check (guardian_id <> id),
    constraint people_merged_check check (merged_into <> id),
    constraint people_erased_check check (
        erased_at is null
        or (
            display_name = 'Erased person' and handle is null and bio = '' and avatar_url is null and locale = 'en'
            and country_code is null and deceased_on is null and guardian_id is null
        )
    )
);

create index people_guardian_id_idx on core.people (guardian_id) where guardian_id is not null;
create index people_merged_into_idx on core.people (merged_into) where merged_into is not null;
create index people_created_at_idx on core.people (created_at);

create trigger _010_freeze_key
before update of id on core.people
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.people
for each row execute function core.tg__touch();

comment on table core.people is
    'People, with or without a login. Seen by those who share a scope with them, and by their guardian.';
comment on column core.people.id is 'The id.';
comment on column core.people.handle is
    'A short name of their choosing, unique on the platform; none is needed.';
comment on column core.people.display_name is 'The name they want to be called by.';
comment on column core.people.bio is 'A few words about themselves.';
comment on column core.people.avatar_url is 'A picture.';
comment on column core.people.locale is 'The language they want to be addressed in.';
comment on column core.people.country_code is 'Country, ISO 3166-1 alpha-2.';
comment on column core.people.deceased_on is 'The day of death, where it is known and may be said.';
comment on column core.people.guardian_id is
    'Who acts for them: for a child, or for someone who asked for it.';
comment on column core.people.created_at is 'When they came to this platform.';
comment on column core.people.updated_at is 'When their row last changed.';
comment on column core.people.merged_into is 'The person that this row turned out to be the same as.';
comment on column core.people.erased_at is 'Since when everything personal about them is gone.';
