-- What a person keeps from everybody: email, phone, legal name, each encrypted with the person's own key.

create table core.person_secrets (
    person_id uuid not null,
    email bytea,
    phone bytea,
    legal_name bytea,
    email_index bytea,
    updated_at timestamptz not null default now(),
    constraint person_secrets_pkey primary key (person_id),
    constraint person_secrets_email_index_key unique (email_index),
    constraint person_secrets_person_id_fkey
        foreign key (person_id) references core.person_keys (person_id) on delete cascade,
    constraint person_secrets_email_check check (email is not null or email_index is null),
    constraint person_secrets_size_check check (
        greatest(octet_length(email), octet_length(phone), octet_length(legal_name)) <= 4000
    )
);

create trigger _010_freeze_key
before update of person_id on core.person_secrets
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.person_secrets
for each row execute function core.tg__touch();

comment on table core.person_secrets is
    'Email, phone and legal name, encrypted with the person''s own key. No app role can read a row.';
comment on column core.person_secrets.person_id is 'Whose they are.';
comment on column core.person_secrets.email is 'Email address, encrypted.';
comment on column core.person_secrets.phone is 'Telephone number, encrypted.';
comment on column core.person_secrets.legal_name is 'Legal name, encrypted.';
comment on column core.person_secrets.email_index is
    'A keyed hash of the email address once it is confirmed: finds the person by it, and holds it unique.';
comment on column core.person_secrets.updated_at is 'When something here last changed.';
