-- Every foreign key is indexed, or a delete of what it refers to reads the whole table. The index leads with a
-- column of the key, or with tenant_id and a column of the key; it may leave out the rows where the key is null.
select
    pg_catalog.format('%s.%s.%s', n.nspname, c.relname, f.conname) as object,
    pg_catalog.format('foreign key %s has no index', f.conname) as problem,
    pg_catalog.format(
        'write: create index %s_%s_idx on %s.%s (%s)', c.relname,
        pg_catalog.array_to_string(k.names, '_'), n.nspname, c.relname, pg_catalog.array_to_string(k.names, ', ')
    ) as advice,
    pg_catalog.format('schema/%s/%s.sql', n.nspname, c.relname) as file
from pg_catalog.pg_constraint f
join pg_catalog.pg_class c on c.oid = f.conrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
cross join lateral (
    select
        pg_catalog.array_agg(a.attname::text order by u.position) as names,
        pg_catalog.array_agg(a.attnum) as columns,
        coalesce(pg_catalog.array_agg(a.attnum) filter (where a.attname <> 'tenant_id'), '{}') as own_columns
    from pg_catalog.unnest(f.conkey) with ordinality as u (attnum, position)
    join pg_catalog.pg_attribute a on a.attrelid = f.conrelid and a.attnum = u.attnum
) k
where n.nspname = any ($1::text[])
    and f.contype = 'f'
    and not exists (
        select
        from pg_catalog.pg_index i
        cross join lateral (select i.indkey::smallint[] as columns) x
        where i.indrelid = f.conrelid
            and i.indisvalid
            and (
                i.indpred is null
                or pg_catalog.pg_get_expr(i.indpred, i.indrelid) = any (
                    select pg_catalog.format('(%I IS NOT NULL)', name) from pg_catalog.unnest(k.names) name
                )
            )
            and (
                x.columns[0] = any (k.own_columns)
                or (k.own_columns = '{}' and x.columns[0] = any (k.columns))
                or (x.columns[0] = any (k.columns) and x.columns[1] = any (k.own_columns))
            )
    )
order by 1
