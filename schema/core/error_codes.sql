-- Every refusal that an app can meet, in one list: its code, its words, and what to do.

create table core.error_codes (
    name text not null,
    code text not null,
    message text not null,
    hint text not null,
    constraint error_codes_pkey primary key (name),
    constraint error_codes_code_check check (code ~ '^[0-9A-Z]{5}$'),
    constraint error_codes_name_check check (name ~ '^[a-z_]+$')
);

comment on table core.error_codes is
    'Every refusal that an app can meet: its code, its words, and what to do.';
comment on column core.error_codes.name is 'What functions call it by.';
comment on column core.error_codes.code is
    'The SQLSTATE. Ours begin with EL; a code of Postgres is used where one fits.';
comment on column core.error_codes.message is 'What was refused and why; %s stands for a detail.';
comment on column core.error_codes.hint is 'What the person, or the app, can do now.';
