-- Columns of the schemas $1: "not null" dropped, where no key holds it too; and those hidden from people, shown.
with columns as (
    select a.*, n.nspname as module, c.relname, c.relkind
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_class c on c.oid = a.attrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped
)
select 'not-null' as kind, module, relname as object, attname as part,
    pg_catalog.format('alter table %I.%I alter column %I drop not null', module, relname, attname) as ddl,
    null as skip
from columns
where relkind in ('r', 'p') and attnotnull and attidentity = ''
    and not exists (
        select
        from pg_catalog.pg_index i
        where i.indrelid = attrelid and i.indisprimary and attnum = any (i.indkey)
    )

union all
select 'column-grant', module, relname, attname,
    pg_catalog.format('grant select (%I) on %I.%I to authenticated', attname, module, relname), null
from columns
where not pg_catalog.has_column_privilege('authenticated', attrelid, attnum, 'select')

order by kind, module, object, part
