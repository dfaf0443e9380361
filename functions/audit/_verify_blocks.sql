-- Lets the tree of a log grow once more from its leaves, block by block, and compares: roots, chain, numbers, times,
-- and the head that the next block will be built on.

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
        previous.sealed_at := '-infinity';
    end if;

    for block in
        with grown as (
            select b.*, lag(b.size, 1, since) over (order by b.number) as size_before
            from audit.blocks b
            where b.tenant_id = _verify_blocks.tenant_id and b.size > since
        )
        select g.*, l.leaves, l.count, l.newest
        from grown g
        cross join lateral (
            select
                coalesce(string_agg(l.hash, ''::bytea order by l.position), '') as leaves,
                count(*) as count,
                max(l.recorded_at) as newest
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
            case when audit._root(peaks) <> block.root then 'root is not the root of the leaves' end,
            case when block.previous_hash <> previous.hash then 'previous hash is not that of the block before' end,
            case
                when block.hash <> audit._block_hash(
                    tenant_id, block.number, block.size, block.root, block.sealed_at, block.previous_hash
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
        previous.number := block.number;
        previous.size := block.size;
        previous.hash := block.hash;
        previous.sealed_at := block.sealed_at;
    end loop;

    select * into head from audit.heads h where h.tenant_id = _verify_blocks.tenant_id;
    finding := 'head_altered';
    position := null;
    if (coalesce(head.number, 0), coalesce(head.size, 0)) <> (previous.number, previous.size)
        or head.hash <> previous.hash
        or head.sealed_at <> previous.sealed_at
        or head.peaks is distinct from nullif(peaks, '{}')
    then
        message := 'the head is not the newest block';
        return next;
    end if;
    if exists (
        select from audit.leaves l where l.tenant_id = _verify_blocks.tenant_id and l.position >= previous.size
    ) then
        message := 'there are leaves that no block holds';
        return next;
    end if;
end
$$;

comment on function audit._verify_blocks(uuid, bigint) is 'Lets a log grow once more from its leaves, and compares.';

revoke execute on function audit._verify_blocks(uuid, bigint) from public;
