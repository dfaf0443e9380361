-- Membership tiers of people on the platform: FREE, BASIC, PRO, PREMIUM, and whatever comes after.

create table core.tiers (
    key text not null,
    name text not null,
    position smallint not null,
    constraint tiers_pkey primary key (key),
    constraint tiers_position_key unique (position),
    constraint tiers_key_check check (key ~ '^[A-Z_]+$')
);

comment on table core.tiers is 'Membership tiers of people on the platform.';
comment on column core.tiers.key is 'FREE, BASIC, PRO, PREMIUM.';
comment on column core.tiers.name is 'The name as people read it.';
comment on column core.tiers.position is 'Their order, the smallest first.';
