-- The tables of the schemas $1, and of each the columns that have the same value in every database: no instants,
-- no keys that are drawn, no transactions. Not the record of the migrations themselves, nor the log.
select
    n.nspname::text as schema,
    c.relname::text as name,
    array(
        select a.attname::text
        from pg_catalog.pg_attribute a
        left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid
            and a.attnum > 0
            and not a.attisdropped
            and a.attidentity = ''
            and a.atttypid <> all (
                '{pg_catalog.timestamptz,pg_catalog.bytea,pg_catalog.xid,pg_catalog.xid8}'::pg_catalog.regtype[]
            )
            and pg_catalog.pg_get_expr(d.adbin, d.adrelid) is distinct from 'core.new_id()'
    ) as columns
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1::text[])
    and c.relkind = 'r'
    and not c.relispartition
    and (n.nspname, c.relname) <> ('ops', 'migration_telemetry')
order by n.nspname, c.relname
