-- Gives what is due its places in the logs, lets each log's tree grow, and writes the blocks. The caller holds the
-- sealer's lock, and knows that nothing of these transactions is still to come.

create or replace function audit._seal_due(era integer, from_xid text, before_xid text, at timestamptz, next_xid text)
returns bigint
language plpgsql -- its plan is kept from one call to the next
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    sealed bigint;
begin
    with due as materialized (
        select d.tenant_id, d.seq, d.recorded_at, d.leaf
        from audit._due(_seal_due.era, _seal_due.from_xid, _seal_due.before_xid) d
    ),
    numbered as (
        select d.*, row_number() over (partition by d.tenant_id order by d.seq) - 1 as nth
        from due d
    ),
    placed as (
        insert into audit.leaves (tenant_id, position, seq, recorded_at, hash)
        select n.tenant_id, coalesce(h.size, 0) + n.nth, n.seq, n.recorded_at, n.leaf
        from numbered n
        left join audit.heads h on h.tenant_id = n.tenant_id
    ),
    grown as (
        select
            d.tenant_id, count(*) as changes, max(d.recorded_at) as newest,
            string_agg(d.leaf, ''::bytea order by d.seq) as leaves
        from due d
        group by d.tenant_id
    ),
    trees as materialized (
        select
            g.tenant_id,
            coalesce(h.number, 0) + 1 as number,
            coalesce(h.size, 0) + g.changes as size,
            -- A clock that is set back does not let a block stand before what it holds.
            greatest(_seal_due.at, h.sealed_at, g.newest) as sealed_at,
            -- Where the clock was set back, nobody can tell who wrote after.
            coalesce(
                case when g.newest <= _seal_due.at then _seal_due.next_xid end, '18446744073709551615'
            )::xid8 as next_xid,
            coalesce(h.hash, decode(repeat('00', 32), 'hex')) as previous_hash,
            g.changes, tree.peaks, tree.heights, tree.first_indexes, tree.hashes,
            audit._root(tree.peaks) as root
        from grown g
        left join audit.heads h on h.tenant_id = g.tenant_id
        cross join lateral audit._append(coalesce(h.size, 0), g.leaves, coalesce(h.peaks, '{}')) tree
    ),
    subtrees as (
        insert into audit.nodes (tenant_id, height, index, hash)
        select t.tenant_id, line.height, line.first_index + i, substr(line.hashes, i * 32 + 1, 32)
        from trees t
        cross join lateral unnest(t.heights, t.first_indexes, t.hashes) line (height, first_index, hashes)
        cross join lateral generate_series(0, octet_length(line.hashes) / 32 - 1) i
    ),
    written as (
        insert into audit.blocks (tenant_id, number, size, root, sealed_at, next_xid, previous_hash, hash)
        select
            t.tenant_id, t.number, t.size, t.root, t.sealed_at, t.next_xid, t.previous_hash,
            audit._block_hash(t.tenant_id, t.number, t.size, t.root, t.sealed_at, t.next_xid, t.previous_hash)
        from trees t
        returning tenant_id, hash
    ),
    headed as (
        insert into audit.heads as h (tenant_id, number, size, root, sealed_at, hash, peaks)
        select t.tenant_id, t.number, t.size, t.root, t.sealed_at, w.hash, t.peaks
        from trees t
        join written w on w.tenant_id = t.tenant_id
        on conflict on constraint heads_pkey do update
        set
            number = excluded.number, size = excluded.size, root = excluded.root,
            sealed_at = excluded.sealed_at, hash = excluded.hash, peaks = excluded.peaks
    )
    select coalesce(sum(t.changes), 0) into sealed from trees t;
    return sealed;
end
$$;

comment on function audit._seal_due(integer, text, text, timestamptz, text) is
    'Gives what is due its places in the logs.';

revoke execute on function audit._seal_due(integer, text, text, timestamptz, text) from public;
