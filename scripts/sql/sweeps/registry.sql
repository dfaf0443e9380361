-- Every table and every column is in the registry: what it holds about people, how long it is kept, how it is
-- audited. What the registry names, exists.
with columns as (
    select n.nspname || '.' || c.relname as table_name, a.attname::text as column_name,
        pg_catalog.format('schema/%s/%s.sql', n.nspname, c.relname) as file
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p') and not c.relispartition
)
select distinct table_name as object, 'table ' || table_name || ' is not in the registry' as problem,
    'register it where seeds/reference registers its module''s tables' as advice, file
from columns
where not exists (select from ops.table_classes t where t.table_name = columns.table_name)

union all
select c.table_name || '.' || c.column_name,
    pg_catalog.format('column %s.%s is not in the registry', c.table_name, c.column_name),
    'register it where seeds/reference registers its module''s tables', c.file
from columns c
where exists (select from ops.table_classes t where t.table_name = c.table_name)
    and not exists (
        select
        from ops.column_classes r
        where r.table_name = c.table_name and r.column_name = c.column_name
    )

union all
select r.table_name, 'the registry names a table that does not exist: ' || r.table_name,
    'remove it from the registry', 'seeds/reference'
from ops.table_classes r
where pg_catalog.split_part(r.table_name, '.', 1) = any ($1::text[])
    and not exists (select from columns c where c.table_name = r.table_name)

union all
select r.table_name || '.' || r.column_name,
    pg_catalog.format('the registry names a column that does not exist: %s.%s', r.table_name, r.column_name),
    'remove it from the registry', 'seeds/reference'
from ops.column_classes r
where exists (select from columns c where c.table_name = r.table_name)
    and not exists (
        select
        from columns c
        where c.table_name = r.table_name and c.column_name = r.column_name
    )

union all
select c.table_name, c.table_name || ' is registered as a tenant table, but has no tenant_id',
    'add a column tenant_id, or register the table as global', c.file
from (select distinct table_name, file from columns) c
join ops.table_classes t on t.table_name = c.table_name and t.tenancy = 'tenant'
where not exists (
    select
    from columns k
    where k.table_name = c.table_name and k.column_name = 'tenant_id'
)
order by 1
