-- Lets the tree of a log grow once more from its leaves, block by block, and compares: roots, chain, numbers, times,
-- the subtrees that are kept, and the head that the next block will be built on.

create or replace function audit._verify_blocks(tenant_id uuid, since bigint)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    block record;
    previous audit.blocks;
    head audit.heads;
    tree record;
    peaks bytea[] := audit._peaks(tenant_id, since);
    right_root boolean := true; -- one leaf that is wrong makes every later root wrong: it is said once
    wrong text;
begin
    select * into previous
    from audit.blocks b
    where b.tenant_id = _verify_blocks.tenant_id and b.size <= since
    order by b.size desc
    limit 1;
    if not found then
        previous.number := 0;
        previous.size := 0;
        previous.hash := decode(repeat('00', 32), 'hex');
        previous.root := sha256('');
        previous.sealed_at := '-infinity';
    end if;

    for block in
        with grown as (
            select b.*, lag(b.size, 1, since) over (order by b.number) as size_before
            from audit.blocks b
            where b.tenant_id = _verify_blocks.tenant_id and b.size > since
        )
        select g.*, l.leaves, l.count, l.oldest, l.newest, l.first_seq, l.last_seq
        from grown g
        cross join lateral (
            select
                coalesce(string_agg(l.hash, ''::bytea order by l.position), '') as leaves,
                count(*) as count,
                min(l.recorded_at) as oldest,
                max(l.recorded_at) as newest,
                min(l.seq) as first_seq,
                max(l.seq) as last_seq
            from audit.leaves l
            where l.tenant_id = _verify_blocks.tenant_id and l.position >= g.size_before and l.position < g.size
        ) l
        order by g.number
    loop
        select * into tree from audit._append(block.size_before, block.leaves, peaks);
        peaks := tree.peaks;
        foreach wrong in array array[
            case when block.number <> previous.number + 1 then 'number does not follow that of the block before' end,
            case when block.size <= previous.size then 'size is not more than the size of the block before' end,
            case when block.count <> block.size - block.size_before then 'leaves are not all there' end,
            case when right_root and audit._root(peaks) <> block.root then 'root is not the root of the leaves' end,
            case when block.previous_hash <> previous.hash then 'previous hash is not that of the block before' end,
            case
                when block.hash <> audit._block_hash(
                    tenant_id, block.number, block.size, block.root, block.sealed_at, block.next_xid,
                    block.previous_hash
                ) then 'hash is not the hash of the block'
            end,
            case when block.sealed_at < previous.sealed_at then 'time is before the time of the block before' end,
            case when block.sealed_at < block.newest then 'time is before that of a change in it' end
        ]
        loop
            if wrong is not null then
                finding := 'block_altered';
                position := block.size - 1;
                message := format('block %s: its %s', block.number, wrong);
                return next;
            end if;
        end loop;
        if right_root and (block.count <> block.size - block.size_before or audit._root(peaks) <> block.root) then
            return query select * from audit._verify_leaves(tenant_id, block.size_before, block.size);
        end if;
        right_root := audit._root(peaks) = block.root;
        if right_root and tree.heights is not null then
            return query
            select
                'node_altered', (line.first_index + i) << line.height, null::bigint, null::text, null::text,
                format('the subtree of 2^%s leaves that is kept from here on is not theirs', line.height)
            from unnest(tree.heights, tree.first_indexes, tree.hashes) line (height, first_index, hashes)
            cross join lateral generate_series(0, octet_length(line.hashes) / 32 - 1) i
            left join audit.nodes n
                on n.tenant_id = _verify_blocks.tenant_id
                and n.height = line.height
                and n.index = line.first_index + i
            where n.hash is distinct from substr(line.hashes, i * 32 + 1, 32);
        end if;
        if block.oldest < previous.sealed_at then
            return query
            select d.*
            from audit._verify_dates(
                tenant_id, block.number, block.size_before, block.size, block.first_seq, block.last_seq, block.oldest
            ) d;
        end if;
        previous.number := block.number;
        previous.size := block.size;
        previous.root := block.root;
        previous.hash := block.hash;
        previous.sealed_at := block.sealed_at;
    end loop;

    select * into head from audit.heads h where h.tenant_id = _verify_blocks.tenant_id;
    finding := 'head_altered';
    position := null;
    if (coalesce(head.number, 0), coalesce(head.size, 0)) <> (previous.number, previous.size)
        or head.root <> previous.root
        or head.hash <> previous.hash
        or head.sealed_at <> previous.sealed_at
        or (right_root and head.peaks is distinct from nullif(peaks, '{}'))
    then
        message := 'the head is not the newest block';
        return next;
    end if;
    return query
    select 'leaf_unblocked', l.position, l.seq, null::text, null::text, 'no block holds this leaf'
    from audit.leaves l
    where l.tenant_id = _verify_blocks.tenant_id and l.position >= previous.size;
    return query
    select
        'node_altered', n.index << n.height, null::bigint, null::text, null::text,
        format('a subtree of 2^%s leaves is kept from here on, and the log has not that many', n.height)
    from audit.nodes n
    where n.tenant_id = _verify_blocks.tenant_id and n.index >= previous.size >> n.height;
end
$$;

comment on function audit._verify_blocks(uuid, bigint) is 'Lets a log grow once more from its leaves, and compares.';

revoke execute on function audit._verify_blocks(uuid, bigint) from public;
