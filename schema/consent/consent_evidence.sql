-- What shows that somebody decided, and who was there: a recording, a paper, a witness. Written once, encrypted with
-- the key of whoever decided.

create table consent.consent_evidence (
    tenant_id uuid not null,
    consent_id uuid not null,
    person_id uuid not null,
    evidence bytea,
    witness bytea,
    recorded_at timestamptz not null default now(),
    constraint consent_evidence_pkey primary key (tenant_id, consent_id),
    constraint consent_evidence_tenant_id_consent_id_fkey
        foreign key (tenant_id, consent_id) references consent.consents (tenant_id, id),
    constraint consent_evidence_person_id_fkey
        foreign key (person_id) references core.person_keys (person_id) on delete cascade,
    constraint consent_evidence_something_check check (num_nonnulls(evidence, witness) > 0),
    constraint consent_evidence_size_check check (greatest(octet_length(evidence), octet_length(witness)) <= 8000)
);

create index consent_evidence_person_id_idx on consent.consent_evidence (person_id);

create trigger _010_freeze_key
before update on consent.consent_evidence
for each row execute function core.tg__freeze_key();

comment on table consent.consent_evidence is 'What shows that somebody decided. No app role can read a row.';
comment on column consent.consent_evidence.tenant_id is 'The organization.';
comment on column consent.consent_evidence.consent_id is 'The decision.';
comment on column consent.consent_evidence.person_id is 'With whose key it is encrypted.';
comment on column consent.consent_evidence.evidence is 'What shows it, encrypted.';
comment on column consent.consent_evidence.witness is 'Who was there, encrypted.';
comment on column consent.consent_evidence.recorded_at is 'When it was written down.';
