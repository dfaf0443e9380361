-- Stories: works that somebody tells. What it says, who has to consent, how far it has come, who reads it, stands where
-- it stands for every work; here is what only a story has.
--
-- Where it belongs is kept no more precisely than its teller chose: what is not kept is not leaked.
--
-- A community record is a community's own telling beside a story of others. It is a story itself, under protocols of
-- its own; which one it stands beside, stories.community_records says.

create table stories.stories (
    tenant_id uuid not null,
    id uuid not null,
    kind text not null generated always as ('story') stored,
    recorded_on date,
    place_name text,
    latitude numeric(8, 6),
    longitude numeric(9, 6),
    place_precision stories.place_precision,
    elder_review_required boolean not null default false,
    is_record boolean not null default false,
    record_id uuid generated always as (case when is_record then id end) stored,
    updated_at timestamptz not null default now(),
    constraint stories_pkey primary key (tenant_id, id),
    -- For those that stand beside it, and for what it stands beside: a record stands beside no record.
    constraint stories_tenant_id_id_is_record_key unique (tenant_id, id, is_record),
    -- Where an elder spoke, it takes an elder from then on.
    constraint stories_tenant_id_id_elder_review_required_key unique (tenant_id, id, elder_review_required),
    constraint stories_tenant_id_id_kind_fkey
        foreign key (tenant_id, id, kind) references content.works (tenant_id, id, kind),
    constraint stories_recorded_on_check check (isfinite(recorded_on)),
    constraint stories_place_name_check check (length(btrim(place_name)) between 1 and 300),
    constraint stories_place_check check (num_nulls(latitude, longitude, place_precision) in (0, 3)),
    constraint stories_latitude_check check (
        latitude between -90 and 90 and latitude = round(latitude, stories.decimals(place_precision))
    ),
    constraint stories_longitude_check check (
        longitude between -180 and 180 and longitude = round(longitude, stories.decimals(place_precision))
    )
);

create trigger _010_freeze_key
before update of tenant_id, id, is_record on stories.stories
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on stories.stories
for each row execute function core.tg__touch();

create trigger _100_stand_still
before update of recorded_on, place_name, latitude, longitude, place_precision on stories.stories
for each row execute function stories.tg_stories__stand_still();

create trigger _100_warn
after insert on stories.stories
for each row execute function stories.tg_stories__warn();

comment on table stories.stories is 'Works that somebody tells.';
comment on column stories.stories.tenant_id is 'The organization.';
comment on column stories.stories.id is 'The work that this story is.';
comment on column stories.stories.kind is 'Always story: the key to its work holds it to that.';
comment on column stories.stories.recorded_on is 'The day it was told, or recorded.';
comment on column stories.stories.place_name is 'Where it belongs, as its teller calls it.';
comment on column stories.stories.latitude is 'How far north that is, in degrees, as precisely as its teller chose.';
comment on column stories.stories.longitude is 'How far east that is, in degrees, as precisely as its teller chose.';
comment on column stories.stories.place_precision is 'How precisely its teller chose to say so.';
comment on column stories.stories.elder_review_required is
    'Whether it is not published before an elder approved of it; an elder who reviewed it once makes it so for good.';
comment on column stories.stories.is_record is
    'Whether it is a community''s own telling beside a story of others.';
comment on column stories.stories.record_id is 'Itself, if it is one: then it stands beside something.';
comment on column stories.stories.updated_at is 'When its row last changed.';
