-- A table's name is unique across modules, so that the API needs no prefixes.
select
    n.nspname || '.' || c.relname as object,
    pg_catalog.format('there is another table %s: %s.%s', c.relname, o.nspname, c.relname) as problem,
    'give one of them another name' as advice,
    case
        when c.relkind in ('v', 'm') then pg_catalog.format('schema/%s/views/%s.sql', n.nspname, c.relname)
        else pg_catalog.format('schema/%s/%s.sql', n.nspname, c.relname)
    end as file
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_class d on d.relname = c.relname and d.oid <> c.oid
join pg_catalog.pg_namespace o on o.oid = d.relnamespace
where n.nspname = any ($1::text[])
    and o.nspname = any ($1::text[])
    and c.relkind in ('r', 'p', 'v', 'm')
    and d.relkind in ('r', 'p', 'v', 'm')
    -- The one that builds later is the one to rename.
    and pg_catalog.array_position($1::text[], n.nspname::text) > pg_catalog.array_position($1::text[], o.nspname::text)
order by 1
