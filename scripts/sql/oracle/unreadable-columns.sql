-- The columns of the tables of some modules ($1) that one of these roles ($2) may not read, of tables that it may.

select r.role || ' ' || n.nspname || '.' || c.relname || '.' || a.attname as answer
from unnest($2::text[]) as r (role)
join pg_class c on c.relkind in ('r', 'p') and not c.relispartition
join pg_namespace n on n.oid = c.relnamespace and n.nspname = any ($1::text[])
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where has_any_column_privilege(r.role, c.oid, 'select')
    and not has_column_privilege(r.role, c.oid, a.attnum, 'select')
