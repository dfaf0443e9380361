-- The works that an agreement names, where it does not cover a whole scope.

create table consent.agreement_works (
    tenant_id uuid not null,
    agreement_id uuid not null,
    work_id uuid not null,
    constraint agreement_works_pkey primary key (tenant_id, agreement_id, work_id),
    constraint agreement_works_tenant_id_agreement_id_fkey
        foreign key (tenant_id, agreement_id) references consent.agreements (tenant_id, id),
    constraint agreement_works_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id)
);

create index agreement_works_tenant_id_work_id_idx on consent.agreement_works (tenant_id, work_id);

create trigger _010_append_only
before update or delete or truncate on consent.agreement_works
for each statement execute function audit.tg__append_only();

comment on table consent.agreement_works is 'The works that an agreement names.';
comment on column consent.agreement_works.tenant_id is 'The organization.';
comment on column consent.agreement_works.agreement_id is 'The agreement.';
comment on column consent.agreement_works.work_id is 'The work.';
