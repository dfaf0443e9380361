-- Each time a log grew: how far, and what its tree was then. Each block commits to the one before, and none has two
-- successors.

create table audit.blocks (
    tenant_id uuid not null,
    number bigint not null,
    size bigint not null,
    root bytea not null,
    sealed_at timestamptz not null,
    next_xid xid8 not null,
    previous_hash bytea not null,
    hash bytea not null,
    constraint blocks_pkey primary key (tenant_id, number),
    constraint blocks_tenant_id_size_key unique (tenant_id, size),
    constraint blocks_tenant_id_previous_hash_key unique (tenant_id, previous_hash),
    constraint blocks_number_check check (number >= 1),
    constraint blocks_size_check check (size >= number),
    constraint blocks_root_check check (octet_length(root) = 32),
    constraint blocks_previous_hash_check check (octet_length(previous_hash) = 32),
    constraint blocks_hash_check check (
        hash = audit._block_hash(tenant_id, number, size, root, sealed_at, next_xid, previous_hash)
    )
);

-- Which block was the first to be sealed after an instant.
create index blocks_tenant_id_sealed_at_idx on audit.blocks (tenant_id, sealed_at);

create trigger _010_append_only
before update or delete or truncate on audit.blocks
for each statement execute function audit.tg__append_only();

alter table audit.blocks enable always trigger _010_append_only;

comment on table audit.blocks is 'Each time a log grew, and what its tree was then.';
comment on column audit.blocks.tenant_id is 'Whose log.';
comment on column audit.blocks.number is 'Which block, from 1.';
comment on column audit.blocks.size is 'How many changes the log held then.';
comment on column audit.blocks.root is 'The root of the tree over them, as RFC 6962 computes it.';
comment on column audit.blocks.sealed_at is 'When it was sealed.';
comment on column audit.blocks.next_xid is
    'Transactions from this one on had not begun then, so they wrote nothing before; the greatest, where none is known.';
comment on column audit.blocks.previous_hash is 'The hash of the block before; 32 zero bytes before the first.';
comment on column audit.blocks.hash is 'The hash of this block.';
