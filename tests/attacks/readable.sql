-- Every table and view of which a role may read anything, and which of its columns.
select
    c.oid::regclass::text as name,
    (
        select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid
            and a.attnum > 0
            and not a.attisdropped
            and has_column_privilege($1, c.oid, a.attnum, 'select')
    ) as columns
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where n.nspname in (select m.module from core.platform_modules m)
    and c.relkind in ('r', 'p', 'v', 'm', 'f')
    and has_schema_privilege($1, n.oid, 'usage')
    and has_any_column_privilege($1, c.oid, 'select')
order by name;
