-- What the world outside must hear of, written in the transaction that causes it, and sent when it has committed.

create table ops.outbox (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    topic text not null,
    body bytea not null,
    created_at timestamptz not null default now(),
    constraint outbox_pkey primary key (tenant_id, id),
    constraint outbox_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint outbox_topic_check check (topic ~ '^[a-z_]+\.[a-z_]+$')
);

create index outbox_tenant_id_scope_id_idx on ops.outbox (tenant_id, scope_id);
create index outbox_created_at_idx on ops.outbox (created_at);

comment on table ops.outbox is 'What the world outside must hear of.';
comment on column ops.outbox.tenant_id is 'The organization.';
comment on column ops.outbox.id is 'The id, by which a receiver knows an event it had already.';
comment on column ops.outbox.scope_id is 'Where it happened.';
comment on column ops.outbox.topic is 'What happened: thing.event.';
comment on column ops.outbox.body is
    'The exact bytes to send: JSON that names things by id and tells nothing about them.';
comment on column ops.outbox.created_at is 'When.';
