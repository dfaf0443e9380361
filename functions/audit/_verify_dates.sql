-- Of a block with changes that are older than the block before it: whether they can be. A transaction that had not
-- begun when a block was sealed wrote nothing before that block.

create or replace function audit._verify_dates(
    tenant_id uuid,
    number bigint,
    from_position bigint,
    to_position bigint,
    first_seq bigint, -- so that of a long log no more is read
    last_seq bigint,
    oldest timestamptz
)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select
        'change_backdated', l.position, c.seq, c.table_name, c.key,
        format('its transaction began after block %s was sealed, which is later than it says', later.number)
    from audit.leaves l
    join audit.changes c on c.tenant_id = l.tenant_id and c.seq = l.seq and c.recorded_at = l.recorded_at
    cross join lateral (
        select b.number, b.next_xid
        from audit.blocks b
        where b.tenant_id = l.tenant_id and b.sealed_at > c.recorded_at
        order by b.sealed_at, b.number
        limit 1
    ) later
    where l.tenant_id = _verify_dates.tenant_id
        and l.position >= from_position
        and l.position < to_position
        and c.seq between first_seq and last_seq
        -- Most have been begun before any block that could tell, and need not be held against each.
        and c.xid >= (
            select b.next_xid
            from audit.blocks b
            where b.tenant_id = _verify_dates.tenant_id
                and b.number < _verify_dates.number
                and b.sealed_at > oldest
            order by b.next_xid
            limit 1
        )
        and later.number < _verify_dates.number
        and later.next_xid <= c.xid
$$;

comment on function audit._verify_dates(uuid, bigint, bigint, bigint, bigint, bigint, timestamptz) is
    'Says which changes of a block say that they are older than they can be.';

revoke execute on function audit._verify_dates(uuid, bigint, bigint, bigint, bigint, bigint, timestamptz) from public;
