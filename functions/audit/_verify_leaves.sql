-- Of a block whose leaves are not those that it was made of: which are missing, and which do not stand where they did.
-- Within a block, leaves stand in the order of their changes' numbers.

create or replace function audit._verify_leaves(tenant_id uuid, from_position bigint, to_position bigint)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with stretch as (
        select
            l.position, l.seq,
            lag(l.position, 1, _verify_leaves.from_position - 1) over by_position as before,
            row_number() over by_position as nth,
            row_number() over (order by l.seq) as nth_by_seq
        from audit.leaves l
        where l.tenant_id = _verify_leaves.tenant_id
            and l.position >= _verify_leaves.from_position
            and l.position < _verify_leaves.to_position
        window by_position as (order by l.position)
    )
    select
        'leaf_missing', g.before + 1, null::bigint, null::text, null::text,
        format('from here on, leaves are missing: %s', g.position - g.before - 1)
    from (
        select s.before, s.position from stretch s
        union all
        select coalesce(max(s.position), _verify_leaves.from_position - 1), _verify_leaves.to_position from stretch s
    ) g
    where g.position > g.before + 1
    union all
    select
        'leaf_misplaced', s.position, s.seq, null, null,
        'this leaf does not stand where it was sealed'
    from stretch s
    where s.nth <> s.nth_by_seq
$$;

comment on function audit._verify_leaves(uuid, bigint, bigint) is
    'Says which leaves of a block are missing or do not stand where they did.';

revoke execute on function audit._verify_leaves(uuid, bigint, bigint) from public;
