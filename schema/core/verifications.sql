-- Checks of who a person is (KYC), or what an organization is (KYB): which document, by whom, valid when.

create table core.verifications (
    id uuid not null default core.new_id(),
    kind core.verification_kind not null,
    person_id uuid,
    organization_id uuid,
    document_type text not null,
    status core.verification_status not null default 'pending',
    verifier text,
    decided_by uuid,
    decided_at timestamptz,
    valid_during tstzrange,
    reason text,
    evidence_uri text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint verifications_pkey primary key (id),
    constraint verifications_person_id_fkey foreign key (person_id) references core.people (id),
    constraint verifications_organization_id_fkey
        foreign key (organization_id) references core.organizations (id),
    constraint verifications_decided_by_fkey foreign key (decided_by) references core.people (id),
    constraint verifications_subject_check check (
        num_nonnulls(person_id, organization_id) = 1 and (kind = 'kyc') = (person_id is not null)
    ),
    constraint verifications_document_type_check check (
        case kind
            when 'kyc' then document_type in ('passport', 'id_card', 'drivers_license', 'proof_of_address')
            else document_type in ('articles_of_inc', 'incumbency', 'bank_letter', 'tax_id')
        end
    ),
    constraint verifications_decision_check check (
        case status
            when 'pending' then verifier is null and decided_at is null and valid_during is null
            when 'verified' then
                verifier is not null and decided_at is not null
                and valid_during is not null and not isempty(valid_during)
            else verifier is not null and decided_at is not null and valid_during is null and reason is not null
        end
    ),
    constraint verifications_decided_by_check check (decided_by <> person_id),
    constraint verifications_words_check check (length(verifier) <= 200 and length(reason) <= 2000),
    constraint verifications_evidence_uri_check check (length(evidence_uri) <= 500)
);

create index verifications_person_id_status_idx on core.verifications (person_id, status);
create index verifications_organization_id_status_idx on core.verifications (organization_id, status);
create index verifications_decided_by_idx on core.verifications (decided_by);

create trigger _010_freeze_key
before update of id on core.verifications
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.verifications
for each row execute function core.tg__touch();

comment on table core.verifications is 'Checks of who a person is (KYC) or what an organization is (KYB).';
comment on column core.verifications.id is 'The id.';
comment on column core.verifications.kind is 'Of a person or of an organization.';
comment on column core.verifications.person_id is 'The person, for KYC.';
comment on column core.verifications.organization_id is 'The organization, for KYB.';
comment on column core.verifications.document_type is 'Which document was shown.';
comment on column core.verifications.status is 'How far the check has come.';
comment on column core.verifications.verifier is 'Who checked it: a service or an office.';
comment on column core.verifications.decided_by is
    'The person who recorded the outcome; never the one it is about.';
comment on column core.verifications.decided_at is 'When the outcome was recorded.';
comment on column core.verifications.valid_during is 'From when to when it counts.';
comment on column core.verifications.reason is 'Why it was rejected.';
comment on column core.verifications.evidence_uri is
    'Where the evidence lies. Read by compliance only, and every look is kept.';
comment on column core.verifications.created_at is 'When it was asked for.';
comment on column core.verifications.updated_at is 'When its row last changed.';
