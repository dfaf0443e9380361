-- The tier of a person. Who has no row is on the first tier.

create table core.person_limits (
    person_id uuid not null,
    tier text not null,
    since timestamptz not null default now(),
    constraint person_limits_pkey primary key (person_id),
    constraint person_limits_person_id_fkey foreign key (person_id) references core.people (id) on delete cascade,
    constraint person_limits_tier_fkey foreign key (tier) references core.tiers (key)
);

create index person_limits_tier_idx on core.person_limits (tier);

comment on table core.person_limits is 'The tier of a person; who has no row is on the first tier.';
comment on column core.person_limits.person_id is 'The person.';
comment on column core.person_limits.tier is 'Their tier, which sets their limits.';
comment on column core.person_limits.since is 'Since when.';
