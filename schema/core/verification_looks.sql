-- Who looked at the evidence of a verification, when and why. Only ever added to.

create table core.verification_looks (
    id uuid not null default core.new_id(),
    verification_id uuid not null,
    person_id uuid,
    reason text not null,
    looked_at timestamptz not null default clock_timestamp(),
    constraint verification_looks_pkey primary key (id),
    constraint verification_looks_verification_id_fkey
        foreign key (verification_id) references core.verifications (id),
    constraint verification_looks_person_id_fkey foreign key (person_id) references core.people (id),
    constraint verification_looks_reason_check check (length(btrim(reason)) between 1 and 500)
);

create index verification_looks_verification_id_looked_at_idx
    on core.verification_looks (verification_id, looked_at);
create index verification_looks_person_id_idx on core.verification_looks (person_id);

comment on table core.verification_looks is 'Who looked at the evidence of a verification, when and why.';
comment on column core.verification_looks.id is 'The id.';
comment on column core.verification_looks.verification_id is 'What was looked at.';
comment on column core.verification_looks.person_id is 'Who looked.';
comment on column core.verification_looks.reason is 'Why, in their words.';
comment on column core.verification_looks.looked_at is 'When.';
