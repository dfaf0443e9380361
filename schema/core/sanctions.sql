-- A capability taken from a person in a scope and all below it, for a time, with a reason they can read.

create table core.sanctions (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    person_id uuid not null,
    capability text not null,
    during tstzrange not null default tstzrange(now(), null),
    reason text not null,
    notice text not null default '',
    imposed_by uuid not null,
    imposed_at timestamptz not null default now(),
    lifted_by uuid,
    lifted_at timestamptz,
    constraint sanctions_pkey primary key (tenant_id, id),
    constraint sanctions_tenant_id_id_person_id_imposed_by_key unique (tenant_id, id, person_id, imposed_by),
    constraint sanctions_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint sanctions_person_id_fkey foreign key (person_id) references core.people (id),
    constraint sanctions_capability_fkey foreign key (capability) references core.capabilities (key),
    constraint sanctions_imposed_by_fkey foreign key (imposed_by) references core.people (id),
    constraint sanctions_lifted_by_fkey foreign key (lifted_by) references core.people (id),
    constraint sanctions_overlap_excl exclude using gist (
        tenant_id with =, scope_id with =, person_id with =, capability with =, during with &&
    ) where (lifted_at is null),
    constraint sanctions_during_check check (not isempty(during) and not lower_inf(during)),
    constraint sanctions_reason_check check (length(btrim(reason)) between 1 and 2000),
    constraint sanctions_notice_check check (length(notice) <= 2000),
    constraint sanctions_self_check check (person_id <> imposed_by),
    constraint sanctions_lifted_check check ((lifted_by is null) or (lifted_at is not null))
);

create index sanctions_id_idx on core.sanctions (id);
create index sanctions_person_id_capability_idx on core.sanctions (person_id, capability)
    where lifted_at is null;
create index sanctions_tenant_id_scope_id_idx on core.sanctions (tenant_id, scope_id);
create index sanctions_person_id_idx on core.sanctions (person_id);
create index sanctions_capability_idx on core.sanctions (capability);
create index sanctions_imposed_by_idx on core.sanctions (imposed_by);
create index sanctions_lifted_by_idx on core.sanctions (lifted_by);

create trigger _010_freeze_key
before update of tenant_id, id, scope_id, person_id, capability, imposed_by on core.sanctions
for each row execute function core.tg__freeze_key();

comment on table core.sanctions is
    'A capability taken from a person in a scope and all below it, for a time.';
comment on column core.sanctions.tenant_id is 'The organization.';
comment on column core.sanctions.id is 'The id.';
comment on column core.sanctions.scope_id is 'Where it holds, and everywhere below.';
comment on column core.sanctions.person_id is 'Whom it concerns.';
comment on column core.sanctions.capability is 'What they cannot do meanwhile.';
comment on column core.sanctions.during is 'From when to when.';
comment on column core.sanctions.reason is 'Why; the person can read it.';
comment on column core.sanctions.notice is 'What the person was told, such as how to make it good.';
comment on column core.sanctions.imposed_by is 'Who imposed it; never the person themselves.';
comment on column core.sanctions.imposed_at is 'When.';
comment on column core.sanctions.lifted_by is 'Who lifted it.';
comment on column core.sanctions.lifted_at is 'When it was lifted before its end.';
