-- Who opened a restricted work, or what is restricted in one, when, and until when they may read it. An opening lets
-- read in other transactions than its own: a reading that is rolled back leaves no trace, so what leaves none reads
-- nothing.

create table consent.openings (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid not null,
    protocol_set_id uuid not null,
    person_id uuid not null,
    opened_at timestamptz not null default now(),
    open_until timestamptz not null,
    opened_in xid8 not null default pg_current_xact_id(),
    constraint openings_pkey primary key (tenant_id, id),
    constraint openings_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint openings_tenant_id_protocol_set_id_fkey
        foreign key (tenant_id, protocol_set_id) references consent.protocol_sets (tenant_id, id),
    constraint openings_person_id_fkey foreign key (person_id) references core.people (id),
    constraint openings_open_until_check check (open_until > opened_at)
);

create index openings_id_idx on consent.openings (id);
create index openings_tenant_id_work_id_idx on consent.openings (tenant_id, work_id);
create index openings_tenant_id_protocol_set_id_idx on consent.openings (tenant_id, protocol_set_id);
create index openings_person_id_open_until_idx on consent.openings (person_id, open_until);

create trigger _010_append_only
before update or delete or truncate on consent.openings
for each statement execute function audit.tg__append_only();

comment on table consent.openings is 'Who opened a restricted work, and until when they may read it.';
comment on column consent.openings.tenant_id is 'The organization.';
comment on column consent.openings.id is 'The id.';
comment on column consent.openings.work_id is 'The work.';
comment on column consent.openings.protocol_set_id is
    'The protocols that were passed: what stands under others has to be opened anew.';
comment on column consent.openings.person_id is 'Who.';
comment on column consent.openings.opened_at is 'When.';
comment on column consent.openings.open_until is 'Until when they may read it.';
comment on column consent.openings.opened_in is 'The transaction; it lets read in others.';
