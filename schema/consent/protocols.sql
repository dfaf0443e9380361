-- What a community asks of whoever comes to what stands under its care: who may, in which season, and what they have to
-- acknowledge first. Only the community's own stewards set it. A protocol that is retired lets nobody pass.

create table consent.protocols (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    level smallint not null generated always as (2) stored,
    name text not null,
    kind text not null,
    description text not null default '',
    enforcement consent.protocol_enforcement not null default 'required',
    audience consent.protocol_audience not null,
    season_from text,
    season_until text,
    season_zone text,
    acknowledgement text,
    wording integer not null default 1,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    retired_at timestamptz,
    constraint protocols_pkey primary key (tenant_id, id),
    constraint protocols_tenant_id_id_scope_id_key unique (tenant_id, id, scope_id),
    constraint protocols_tenant_id_scope_id_level_fkey
        foreign key (tenant_id, scope_id, level) references core.scopes (tenant_id, id, level),
    constraint protocols_created_by_fkey foreign key (created_by) references core.people (id),
    constraint protocols_name_check check (length(btrim(name)) between 1 and 200),
    constraint protocols_kind_check check (kind ~ '^[a-z_]+$' and length(kind) <= 63),
    constraint protocols_description_check check (length(description) <= 5000),
    constraint protocols_season_check check (num_nulls(season_from, season_until, season_zone) in (0, 3)),
    constraint protocols_season_from_check check (consent.is_day_of_year(season_from)),
    constraint protocols_season_until_check check (consent.is_day_of_year(season_until)),
    constraint protocols_season_zone_check check (core.is_zone(season_zone)),
    constraint protocols_acknowledgement_check check (length(btrim(acknowledgement)) between 1 and 5000)
);

create index protocols_id_idx on consent.protocols (id);
create index protocols_tenant_id_scope_id_level_idx on consent.protocols (tenant_id, scope_id, level);
create index protocols_created_by_idx on consent.protocols (created_by);
-- What somebody may pass who belongs to no community that asks it.
create index protocols_without_membership_idx on consent.protocols (id)
where audience = 'everybody' or enforcement <> 'required';

create trigger _010_freeze_key
before update of tenant_id, id, scope_id on consent.protocols
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on consent.protocols
for each row execute function core.tg__touch();

create trigger _030_count_wordings
before update of acknowledgement, wording on consent.protocols
for each row execute function consent.tg_protocols__count_wordings();

comment on table consent.protocols is
    'What a community asks of whoever comes to what stands under its care.';
comment on column consent.protocols.tenant_id is 'The organization.';
comment on column consent.protocols.id is 'The id.';
comment on column consent.protocols.scope_id is 'The community.';
comment on column consent.protocols.level is 'A community is a place (2).';
comment on column consent.protocols.name is 'What the community calls it.';
comment on column consent.protocols.kind is
    'What it is about: seasonal, family, elders, or whatever the community says.';
comment on column consent.protocols.description is 'What it asks, in the community''s own words.';
comment on column consent.protocols.enforcement is 'Whether it is enforced, or only shown.';
comment on column consent.protocols.audience is 'Whom it lets pass.';
comment on column consent.protocols.season_from is
    'The first day of its season, as MM-DD; without one, it is always in season.';
comment on column consent.protocols.season_until is
    'The last day of its season, as MM-DD; a season may reach over the new year.';
comment on column consent.protocols.season_zone is 'Where these days begin and end, such as America/Winnipeg.';
comment on column consent.protocols.acknowledgement is
    'What has to be acknowledged before opening what stands under it.';
comment on column consent.protocols.wording is
    'How many wordings the acknowledgement has had: what was acknowledged is one of them.';
comment on column consent.protocols.created_by is 'Who set it first.';
comment on column consent.protocols.created_at is 'When.';
comment on column consent.protocols.updated_at is 'When it was last changed.';
comment on column consent.protocols.retired_at is 'Since when it is set no more, and lets nobody pass.';
