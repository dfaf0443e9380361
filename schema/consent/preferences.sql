-- What somebody would answer, by purpose, when nobody asked yet: it is proposed to them, and decides nothing. Encrypted
-- with their own key.

create table consent.preferences (
    person_id uuid not null,
    answers bytea not null,
    updated_at timestamptz not null default now(),
    constraint preferences_pkey primary key (person_id),
    constraint preferences_person_id_fkey
        foreign key (person_id) references core.person_keys (person_id) on delete cascade,
    constraint preferences_answers_check check (octet_length(answers) <= 4000)
);

create trigger _010_freeze_key
before update of person_id on consent.preferences
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on consent.preferences
for each row execute function core.tg__touch();

create trigger _460_forget_preferences
after update of erased_at on core.people
for each row when (new.erased_at is not null) execute function consent.tg_people__forget_preferences();

comment on table consent.preferences is 'What somebody would answer, by purpose. No app role can read a row.';
comment on column consent.preferences.person_id is 'The person.';
comment on column consent.preferences.answers is 'Purpose by purpose given or refused, encrypted.';
comment on column consent.preferences.updated_at is 'When it was last written.';
