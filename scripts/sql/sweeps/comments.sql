-- Every table, view, column, function and type is commented: it becomes the documentation of the API.
with things as (
    select n.nspname || '.' || c.relname as object, case c.relkind when 'v' then 'view' else 'table' end as kind,
        pg_catalog.obj_description(c.oid, 'pg_class') as comment,
        case
            when c.relkind in ('v', 'm') then pg_catalog.format('schema/%s/views/%s.sql', n.nspname, c.relname)
            else pg_catalog.format('schema/%s/%s.sql', n.nspname, c.relname)
        end as file
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition

    union all
    select pg_catalog.format('%s.%s.%s', n.nspname, c.relname, a.attname), 'column',
        pg_catalog.col_description(c.oid, a.attnum), pg_catalog.format('schema/%s/%s.sql', n.nspname, c.relname)
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p') and not c.relispartition

    union all
    select
        pg_catalog.format('%s.%s(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
        'function', pg_catalog.obj_description(p.oid, 'pg_proc'),
        pg_catalog.format('functions/%s/%s.sql', n.nspname, p.proname)
    from pg_catalog.pg_proc p
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any ($1::text[])

    union all
    select n.nspname || '.' || t.typname, 'type', pg_catalog.obj_description(t.oid, 'pg_type'),
        pg_catalog.format('schema/%s/_module.sql', n.nspname)
    from pg_catalog.pg_type t
    join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    left join pg_catalog.pg_class c on c.oid = t.typrelid
    where n.nspname = any ($1::text[])
        and (t.typtype in ('e', 'd', 'r') or (t.typtype = 'c' and c.relkind = 'c'))
)
select object, pg_catalog.format('%s %s has no comment', kind, object) as problem,
    pg_catalog.format('write: comment on %s %s is …', kind, object) as advice, file
from things
where comment is null or pg_catalog.btrim(comment) = ''
order by 1
