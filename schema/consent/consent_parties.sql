-- Who has to consent to a work: a person, or a community. All of them must.

create table consent.consent_parties (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid not null,
    person_id uuid,
    scope_id uuid,
    capacity consent.party_capacity not null,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint consent_parties_pkey primary key (tenant_id, id),
    constraint consent_parties_tenant_id_work_id_id_key unique (tenant_id, work_id, id),
    constraint consent_parties_person_id_tenant_id_work_id_key unique (person_id, tenant_id, work_id),
    constraint consent_parties_scope_id_tenant_id_work_id_key unique (scope_id, tenant_id, work_id),
    constraint consent_parties_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint consent_parties_person_id_fkey foreign key (person_id) references core.people (id),
    constraint consent_parties_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint consent_parties_added_by_fkey foreign key (added_by) references core.people (id),
    constraint consent_parties_party_check check (num_nonnulls(person_id, scope_id) = 1),
    constraint consent_parties_capacity_check check ((capacity = 'community') = (scope_id is not null))
);

create index consent_parties_id_idx on consent.consent_parties (id);
create index consent_parties_added_by_idx on consent.consent_parties (added_by);

create trigger _010_freeze_key
before update on consent.consent_parties
for each row execute function core.tg__freeze_key();

-- Whoever makes a work is the first who has to consent to it, and stays one.
alter table content.works
add constraint works_tenant_id_id_owner_id_fkey
foreign key (tenant_id, id, owner_id) references consent.consent_parties (tenant_id, work_id, person_id)
deferrable initially deferred;

create trigger _100_add_owner
after insert on content.works
for each row execute function consent.tg_works__add_owner();

comment on table consent.consent_parties is 'Who has to consent to a work. All of them must.';
comment on column consent.consent_parties.tenant_id is 'The organization.';
comment on column consent.consent_parties.id is 'The id.';
comment on column consent.consent_parties.work_id is 'The work.';
comment on column consent.consent_parties.person_id is 'The person who has to consent, if it is a person.';
comment on column consent.consent_parties.scope_id is 'The community that has to consent, if it is a community.';
comment on column consent.consent_parties.capacity is 'As what.';
comment on column consent.consent_parties.added_by is 'Who said so.';
comment on column consent.consent_parties.added_at is 'When.';
