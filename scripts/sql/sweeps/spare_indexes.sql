-- An index that begins with a whole unique key finds no more than the key does: it is written with every row, keeps
-- changes of its other columns from staying on their page, and misleads the planner into reading all that it leads to.
-- One of some rows alone is another thing: it tells which they are. So is a key that may be null: then it finds many.
select
    pg_catalog.format('%s.%s', n.nspname, s.relname) as object,
    pg_catalog.format('index %s begins with all of %s', s.relname, u.relname) as problem,
    'leave it out' as advice,
    pg_catalog.format('schema/%s/%s.sql', n.nspname, c.relname) as file
from pg_catalog.pg_index i
join pg_catalog.pg_class s on s.oid = i.indexrelid
join pg_catalog.pg_class c on c.oid = i.indrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_index k on k.indrelid = i.indrelid and k.indisunique and k.indpred is null and k.indexprs is null
join pg_catalog.pg_class u on u.oid = k.indexrelid
cross join lateral (select i.indkey::smallint[] as columns, k.indkey::smallint[] as key_columns) x
where n.nspname = any ($1::text[])
    and not i.indisunique
    and i.indpred is null
    and not exists (
        select
        from pg_catalog.pg_attribute a
        where a.attrelid = k.indrelid and a.attnum = any (x.key_columns) and not a.attnotnull
    )
    and not exists (
        select
        from pg_catalog.unnest(x.key_columns) with ordinality as key (attnum, nth)
        where key.attnum <> all (x.columns[0:pg_catalog.cardinality(x.key_columns) - 1])
    )
order by 1
