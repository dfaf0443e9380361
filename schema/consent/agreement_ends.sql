-- Agreements that were ended before their time.

create table consent.agreement_ends (
    tenant_id uuid not null,
    agreement_id uuid not null,
    reason text not null,
    ended_by uuid not null,
    ended_at timestamptz not null default now(),
    constraint agreement_ends_pkey primary key (tenant_id, agreement_id),
    constraint agreement_ends_tenant_id_agreement_id_fkey
        foreign key (tenant_id, agreement_id) references consent.agreements (tenant_id, id),
    constraint agreement_ends_ended_by_fkey foreign key (ended_by) references core.people (id),
    constraint agreement_ends_reason_check check (length(reason) <= 2000)
);

create index agreement_ends_ended_by_idx on consent.agreement_ends (ended_by);

create trigger _010_append_only
before update or delete or truncate on consent.agreement_ends
for each statement execute function audit.tg__append_only();

comment on table consent.agreement_ends is 'Agreements that were ended before their time.';
comment on column consent.agreement_ends.tenant_id is 'The organization.';
comment on column consent.agreement_ends.agreement_id is 'The agreement.';
comment on column consent.agreement_ends.reason is 'Why.';
comment on column consent.agreement_ends.ended_by is 'Who ended it.';
comment on column consent.agreement_ends.ended_at is 'When.';
