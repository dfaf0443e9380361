-- The tables of some modules ($1) with the columns of their keys.

select
    n.nspname || '.' || c.relname as name,
    format('%I.%I', n.nspname, c.relname) as sql,
    array(
        select a.attname::text
        from unnest(p.conkey) with ordinality as k (attnum, position)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        order by k.position
    ) as key
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_constraint p on p.conrelid = c.oid and p.contype = 'p'
where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p') and not c.relispartition
order by name
