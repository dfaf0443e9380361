-- Logins: whom a token speaks for. One person may have several.

create table core.identities (
    issuer text not null,
    subject text not null,
    person_id uuid not null,
    created_at timestamptz not null default now(),
    constraint identities_pkey primary key (issuer, subject),
    constraint identities_person_id_fkey foreign key (person_id) references core.people (id) on delete cascade,
    constraint identities_issuer_check check (length(issuer) between 1 and 500),
    constraint identities_subject_check check (length(subject) between 1 and 500)
);

create index identities_person_id_idx on core.identities (person_id);

comment on table core.identities is 'Logins: the issuer and subject of a token lead to a person.';
comment on column core.identities.issuer is 'Who vouches for the login.';
comment on column core.identities.subject is 'What the issuer calls the person.';
comment on column core.identities.person_id is 'Whose login it is.';
comment on column core.identities.created_at is 'Since when.';
