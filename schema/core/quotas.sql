-- How much of a resource a scope, with all below it, may use. A strict quota counts on its own row and the check
-- refuses the unit too many, whoever asks at the same time; the others are counted in shards and may be passed
-- a little.

create table core.quotas (
    tenant_id uuid not null,
    scope_id uuid not null,
    resource text not null,
    amount bigint not null,
    strict boolean not null default false,
    used bigint not null default 0,
    updated_at timestamptz not null default now(),
    constraint quotas_pkey primary key (tenant_id, scope_id, resource),
    constraint quotas_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint quotas_resource_fkey foreign key (resource) references core.quota_resources (key),
    constraint quotas_amount_check check (amount >= 0),
    constraint quotas_used_check check (used >= 0 and (strict or used = 0)),
    constraint quotas_strict_check check (used <= amount)
);

create index quotas_resource_idx on core.quotas (resource);

create trigger _010_freeze_key
before update of tenant_id, scope_id, resource on core.quotas
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.quotas
for each row execute function core.tg__touch();

comment on table core.quotas is 'How much of a resource a scope, with all below it, may use.';
comment on column core.quotas.tenant_id is 'The organization.';
comment on column core.quotas.scope_id is 'The scope.';
comment on column core.quotas.resource is 'What is limited.';
comment on column core.quotas.amount is 'How much may be used.';
comment on column core.quotas.strict is
    'Strict: never one unit more; every use waits for the one before. Otherwise the limit may be passed a little.';
comment on column core.quotas.used is
    'What is in use, for a strict quota; the others are counted in usage_shards.';
comment on column core.quotas.updated_at is 'When its row last changed.';
