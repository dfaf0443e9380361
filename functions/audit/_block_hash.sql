-- What a block commits to, as one hash over the binary form of the record.

create or replace function audit._block_hash(
    tenant_id uuid,
    number bigint,
    size bigint,
    root bytea,
    sealed_at timestamptz,
    next_xid xid8,
    previous_hash bytea
)
returns bytea
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select sha256('\x02'::bytea || record_send(row(tenant_id, number, size, root, sealed_at, next_xid, previous_hash)))
$$;

comment on function audit._block_hash(uuid, bigint, bigint, bytea, timestamptz, xid8, bytea) is 'The hash of a block.';

revoke execute on function audit._block_hash(uuid, bigint, bigint, bytea, timestamptz, xid8, bytea) from public;
