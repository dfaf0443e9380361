-- What each party decided, for which purpose and by which way of sharing, from when until when. At any instant one
-- decision stands, or none. A decision is never edited: another one ends it, from now on or later.

create table consent.consents (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid not null,
    party_id uuid not null,
    purpose text not null,
    channel text,
    decision consent.decision not null,
    during tstzrange not null,
    through_version integer,
    attribution_required boolean not null default false,
    recorded_by uuid not null,
    recorded_at timestamptz not null default now(),
    constraint consents_pkey primary key (tenant_id, id),
    constraint consents_tenant_id_work_id_party_id_fkey
        foreign key (tenant_id, work_id, party_id)
        references consent.consent_parties (tenant_id, work_id, id),
    constraint consents_tenant_id_work_id_through_version_fkey
        foreign key (tenant_id, work_id, through_version)
        references content.work_versions (tenant_id, work_id, number),
    constraint consents_purpose_fkey foreign key (purpose) references consent.purposes (key),
    constraint consents_recorded_by_fkey foreign key (recorded_by) references core.people (id),
    constraint consents_overlap_excl exclude using gist (
        tenant_id with =, party_id with =, purpose with =, (coalesce(channel, '')) with =, during with &&
    ),
    constraint consents_channel_check check (channel ~ '^[a-z0-9]+([_.-][a-z0-9]+)*$' and length(channel) <= 63),
    constraint consents_during_check check (not lower_inf(during)),
    -- A consent is to what there was to read.
    constraint consents_through_version_check check ((decision = 'given') = (through_version is not null))
);

create index consents_tenant_id_work_id_party_id_idx on consent.consents (tenant_id, work_id, party_id);
create index consents_purpose_idx on consent.consents (purpose);
create index consents_recorded_by_idx on consent.consents (recorded_by);
create index consents_tenant_id_recorded_at_idx on consent.consents (tenant_id, recorded_at);

create trigger _010_end_only
before update or delete on consent.consents
for each row execute function consent.tg_consents__end_only();

create trigger _020_append_only
before truncate on consent.consents
for each statement execute function audit.tg__append_only();

create trigger _100_keep_attribution
after insert on consent.consents
for each row when (new.decision = 'given' and new.attribution_required)
execute function content.tg__keep_attribution();

create trigger _400_follow_consent
after update of merged_into, erased_at on core.people
for each row when (
    old.merged_into is distinct from new.merged_into or old.erased_at is distinct from new.erased_at
) execute function consent.tg_people__follow();

comment on table consent.consents is 'What each party decided, for which purpose, from when until when.';
comment on column consent.consents.tenant_id is 'The organization.';
comment on column consent.consents.id is 'The id.';
comment on column consent.consents.work_id is 'The work.';
comment on column consent.consents.party_id is 'Whose decision it is.';
comment on column consent.consents.purpose is 'What for.';
comment on column consent.consents.channel is 'By which way of sharing alone, such as radio; without one, by any.';
comment on column consent.consents.decision is 'What was decided.';
comment on column consent.consents.during is
    'From when until when it stands; nothing, where another decision took its place before it began.';
comment on column consent.consents.through_version is 'The newest version at that time: the last one it is for.';
comment on column consent.consents.attribution_required is
    'Whether the party consents only if the work says whom it is by.';
comment on column consent.consents.recorded_by is 'Who wrote it down: the party, or their guardian.';
comment on column consent.consents.recorded_at is 'When.';
