-- Use of a resource where no strict quota stands: sixteen counters a scope, so that writers do not wait on one row.

create table core.usage_shards (
    tenant_id uuid not null,
    scope_id uuid not null,
    resource text not null,
    shard smallint not null,
    used bigint not null,
    constraint usage_shards_pkey primary key (tenant_id, scope_id, resource, shard),
    constraint usage_shards_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint usage_shards_resource_fkey foreign key (resource) references core.quota_resources (key),
    constraint usage_shards_shard_check check (shard between 0 and 15)
);

create index usage_shards_resource_idx on core.usage_shards (resource);

comment on table core.usage_shards is
    'Use of a resource, spread over sixteen counters; read it with core.quota_use().';
comment on column core.usage_shards.tenant_id is 'The organization.';
comment on column core.usage_shards.scope_id is 'The scope.';
comment on column core.usage_shards.resource is 'What is counted.';
comment on column core.usage_shards.shard is 'Which of the sixteen.';
comment on column core.usage_shards.used is 'Its part of the sum; a part can be below zero, the sum cannot.';
