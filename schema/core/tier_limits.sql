-- How much of a resource a tier allows a person. What is not listed is not limited.

create table core.tier_limits (
    tier text not null,
    resource text not null,
    amount bigint not null,
    constraint tier_limits_pkey primary key (tier, resource),
    constraint tier_limits_tier_fkey foreign key (tier) references core.tiers (key),
    constraint tier_limits_resource_fkey foreign key (resource) references core.quota_resources (key),
    constraint tier_limits_amount_check check (amount >= 0)
);

create index tier_limits_resource_idx on core.tier_limits (resource);

comment on table core.tier_limits is
    'How much of a resource a tier allows a person; what is not listed is not limited.';
comment on column core.tier_limits.tier is 'The tier.';
comment on column core.tier_limits.resource is 'What is limited.';
comment on column core.tier_limits.amount is 'How much of it.';
