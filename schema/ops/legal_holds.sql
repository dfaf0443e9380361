-- Legal holds: what they cover is neither deleted nor moved until they are released.

create table ops.legal_holds (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    person_id uuid,
    applies_to text not null default 'all',
    reason text not null,
    imposed_by uuid not null,
    imposed_at timestamptz not null default now(),
    released_by uuid,
    released_at timestamptz,
    constraint legal_holds_pkey primary key (tenant_id, id),
    constraint legal_holds_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint legal_holds_person_id_fkey foreign key (person_id) references core.people (id),
    constraint legal_holds_imposed_by_fkey foreign key (imposed_by) references core.people (id),
    constraint legal_holds_released_by_fkey foreign key (released_by) references core.people (id),
    constraint legal_holds_applies_to_check check (applies_to in ('all', 'equity', 'buz')),
    constraint legal_holds_reason_check check (length(btrim(reason)) between 1 and 2000),
    constraint legal_holds_released_check check ((released_by is null) = (released_at is null))
);

create index legal_holds_id_idx on ops.legal_holds (id);
create index legal_holds_tenant_id_scope_id_idx on ops.legal_holds (tenant_id, scope_id);
create index legal_holds_person_id_idx on ops.legal_holds (person_id);
create index legal_holds_imposed_by_idx on ops.legal_holds (imposed_by);
create index legal_holds_released_by_idx on ops.legal_holds (released_by);

create trigger _010_freeze_key
before update of tenant_id, id, scope_id, person_id on ops.legal_holds
for each row execute function core.tg__freeze_key();

comment on table ops.legal_holds is
    'Legal holds: what they cover is neither deleted nor moved until they are released.';
comment on column ops.legal_holds.tenant_id is 'The organization.';
comment on column ops.legal_holds.id is 'The id.';
comment on column ops.legal_holds.scope_id is
    'The scope whose data is held, with all below it, and with those who belong or belonged there.';
comment on column ops.legal_holds.person_id is
    'When set, only what belongs to this person is held, wherever it lies.';
comment on column ops.legal_holds.applies_to is 'What is held: all, or the equity or BUZ of a venture.';
comment on column ops.legal_holds.reason is 'Why.';
comment on column ops.legal_holds.imposed_by is 'Who imposed it.';
comment on column ops.legal_holds.imposed_at is 'When.';
comment on column ops.legal_holds.released_by is 'Who released it.';
comment on column ops.legal_holds.released_at is 'When; null while it holds.';
