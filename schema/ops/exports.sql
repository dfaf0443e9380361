-- Exports asked for: a person's own data, or all that a scope holds. A withdrawal of consent halts them.

create table ops.exports (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    person_id uuid,
    requested_by uuid not null,
    format text not null,
    channel text,
    status ops.export_status not null default 'queued',
    requested_at timestamptz not null default now(),
    ready_at timestamptz,
    expires_at timestamptz,
    halted_at timestamptz,
    reason text,
    constraint exports_pkey primary key (tenant_id, id),
    constraint exports_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint exports_person_id_fkey foreign key (person_id) references core.people (id),
    constraint exports_requested_by_fkey foreign key (requested_by) references core.people (id),
    constraint exports_format_check check (format in ('json', 'csv', 'ocf')),
    constraint exports_channel_check check (channel ~ '^[a-z][a-z0-9_]{0,62}$'),
    constraint exports_halted_check check ((status = 'halted') = (halted_at is not null))
);

create index exports_id_idx on ops.exports (id);
create index exports_tenant_id_scope_id_idx on ops.exports (tenant_id, scope_id);
create index exports_person_id_idx on ops.exports (person_id);
create index exports_requested_by_idx on ops.exports (requested_by);
create index exports_status_idx on ops.exports (status) where status in ('queued', 'running');

create trigger _010_freeze_key
before update of tenant_id, id, scope_id, person_id on ops.exports
for each row execute function core.tg__freeze_key();

comment on table ops.exports is 'Exports asked for: a person''s own data, or all that a scope holds.';
comment on column ops.exports.tenant_id is 'The organization.';
comment on column ops.exports.id is 'The id.';
comment on column ops.exports.scope_id is 'The scope whose data is asked for.';
comment on column ops.exports.person_id is 'When set, only what belongs to this person.';
comment on column ops.exports.requested_by is 'Who asked.';
comment on column ops.exports.format is 'The form: json, csv, or ocf (Open Cap Table Format).';
comment on column ops.exports.channel is
    'The channel it is for; what was not consented to for it is left out.';
comment on column ops.exports.status is 'How far it has come.';
comment on column ops.exports.requested_at is 'When it was asked for.';
comment on column ops.exports.ready_at is 'When it could be fetched.';
comment on column ops.exports.expires_at is 'Until when it can be fetched.';
comment on column ops.exports.halted_at is 'When it was halted.';
comment on column ops.exports.reason is 'Why it was halted or failed.';
