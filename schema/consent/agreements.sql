-- Who may use what for which purposes, as it was signed. Nothing is changed afterwards; an agreement can be ended. It
-- allows nothing by itself: what it covers is handed out as far as everyone consents.

create table consent.agreements (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    whole_scope boolean not null,
    recipient text not null,
    obligations text not null,
    document_sha256 text not null,
    during tstzrange not null,
    signed_by uuid not null,
    signed_at timestamptz not null default now(),
    constraint agreements_pkey primary key (tenant_id, id),
    constraint agreements_tenant_id_id_scope_id_key unique (tenant_id, id, scope_id),
    constraint agreements_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint agreements_signed_by_fkey foreign key (signed_by) references core.people (id),
    constraint agreements_recipient_check check (length(btrim(recipient)) between 1 and 300),
    constraint agreements_obligations_check check (length(obligations) <= 10000),
    constraint agreements_document_sha256_check check (document_sha256 ~ '^[0-9a-f]{64}$'),
    constraint agreements_during_check check (not isempty(during) and not lower_inf(during))
);

create index agreements_id_idx on consent.agreements (id);
create index agreements_tenant_id_scope_id_idx on consent.agreements (tenant_id, scope_id);
create index agreements_signed_by_idx on consent.agreements (signed_by);

create trigger _010_append_only
before update or delete or truncate on consent.agreements
for each statement execute function audit.tg__append_only();

comment on table consent.agreements is 'Who may use what for which purposes, as it was signed.';
comment on column consent.agreements.tenant_id is 'The organization.';
comment on column consent.agreements.id is 'The id.';
comment on column consent.agreements.scope_id is 'On whose behalf it was signed, and whose works it covers.';
comment on column consent.agreements.whole_scope is
    'Whether it covers all works of the scope and of what stands in it, or those it names.';
comment on column consent.agreements.recipient is 'With whom: an institution, a company.';
comment on column consent.agreements.obligations is 'What the recipient has to do, and not to do.';
comment on column consent.agreements.document_sha256 is 'The SHA-256 hash of the document that was signed.';
comment on column consent.agreements.during is 'From when until when it holds, if it is not ended before.';
comment on column consent.agreements.signed_by is 'Who signed it.';
comment on column consent.agreements.signed_at is 'When it was written down here.';
