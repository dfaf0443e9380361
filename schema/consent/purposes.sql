-- What a consent can be for. Each is asked for alone: none follows from another.

create table consent.purposes (
    key text not null,
    name text not null,
    description text not null,
    dpv text not null,
    constraint purposes_pkey primary key (key),
    constraint purposes_key_check check (key ~ '^[a-z_]+$')
);

comment on table consent.purposes is 'What a consent can be for.';
comment on column consent.purposes.key is 'The purpose.';
comment on column consent.purposes.name is 'The purpose as people read it.';
comment on column consent.purposes.description is 'What it allows.';
comment on column consent.purposes.dpv is 'The nearest term of the Data Privacy Vocabulary.';
