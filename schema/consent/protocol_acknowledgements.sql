-- Who acknowledged what a protocol asks, and in which wording. It opens nothing by itself: whoever no longer passes the
-- protocol gains nothing by having acknowledged it.

create table consent.protocol_acknowledgements (
    tenant_id uuid not null,
    -- It stays when its person is forgotten, so its key names nobody: the log would lose it.
    id uuid not null default core.new_id(),
    protocol_id uuid not null,
    person_id uuid not null,
    wording integer not null,
    acknowledged_at timestamptz not null default now(),
    constraint protocol_acknowledgements_pkey primary key (tenant_id, id),
    constraint protocol_acknowledgements_once_key unique (tenant_id, protocol_id, person_id, wording),
    constraint protocol_acknowledgements_tenant_id_protocol_id_fkey
        foreign key (tenant_id, protocol_id) references consent.protocols (tenant_id, id),
    constraint protocol_acknowledgements_person_id_fkey foreign key (person_id) references core.people (id)
);

create index protocol_acknowledgements_id_idx on consent.protocol_acknowledgements (id);
create index protocol_acknowledgements_person_id_idx on consent.protocol_acknowledgements (person_id);

create trigger _010_append_only
before update or delete or truncate on consent.protocol_acknowledgements
for each statement execute function audit.tg__append_only();

comment on table consent.protocol_acknowledgements is 'Who acknowledged what a protocol asks.';
comment on column consent.protocol_acknowledgements.tenant_id is 'The organization.';
comment on column consent.protocol_acknowledgements.id is 'The id.';
comment on column consent.protocol_acknowledgements.protocol_id is 'The protocol.';
comment on column consent.protocol_acknowledgements.person_id is 'Who.';
comment on column consent.protocol_acknowledgements.wording is 'Which wording of it.';
comment on column consent.protocol_acknowledgements.acknowledged_at is 'When.';
