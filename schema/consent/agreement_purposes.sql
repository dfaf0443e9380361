-- What an agreement is for. What it does not name, it does not cover.

create table consent.agreement_purposes (
    tenant_id uuid not null,
    agreement_id uuid not null,
    purpose text not null,
    constraint agreement_purposes_pkey primary key (tenant_id, agreement_id, purpose),
    constraint agreement_purposes_tenant_id_agreement_id_fkey
        foreign key (tenant_id, agreement_id) references consent.agreements (tenant_id, id),
    constraint agreement_purposes_purpose_fkey foreign key (purpose) references consent.purposes (key)
);

create index agreement_purposes_purpose_idx on consent.agreement_purposes (purpose);

create trigger _010_append_only
before update or delete or truncate on consent.agreement_purposes
for each statement execute function audit.tg__append_only();

comment on table consent.agreement_purposes is 'What an agreement is for.';
comment on column consent.agreement_purposes.tenant_id is 'The organization.';
comment on column consent.agreement_purposes.agreement_id is 'The agreement.';
comment on column consent.agreement_purposes.purpose is 'The purpose.';
