-- The log of each tenant: its changes in the order in which they were sealed, without a gap. Only ever added to.

create table audit.leaves (
    tenant_id uuid not null,
    position bigint not null,
    seq bigint not null,
    recorded_at timestamptz not null,
    hash bytea not null,
    constraint leaves_pkey primary key (tenant_id, position),
    constraint leaves_tenant_id_seq_key unique (tenant_id, seq),
    constraint leaves_position_check check (position >= 0),
    constraint leaves_hash_check check (octet_length(hash) = 32)
);

create trigger _010_append_only
before update or delete or truncate on audit.leaves
for each statement execute function audit.tg__append_only();

alter table audit.leaves enable always trigger _010_append_only;

comment on table audit.leaves is 'The log of each tenant: its changes in the order in which they were sealed.';
comment on column audit.leaves.tenant_id is 'Whose log.';
comment on column audit.leaves.position is 'The place in the log, from 0, without a gap.';
comment on column audit.leaves.seq is 'The number of the change. It is sealed once.';
comment on column audit.leaves.recorded_at is 'When the change was recorded, which tells its month.';
comment on column audit.leaves.hash is 'The hash of the change as a leaf.';
