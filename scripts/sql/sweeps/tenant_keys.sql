-- Every key of a tenant table contains tenant_id, and the primary key begins with it: isolation is a constraint
-- before it is a policy. A tenant table has a column tenant_id and is not registered as global.
with tenant_tables as (
    select c.oid, n.nspname, c.relname, a.attnum
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    left join ops.table_classes t on t.table_name = n.nspname || '.' || c.relname
    where n.nspname = any ($1::text[])
        and c.relkind in ('r', 'p')
        and not c.relispartition -- as its table
        and t.tenancy is distinct from 'global'
)
select
    pg_catalog.format('%s.%s', t.nspname, t.relname) as object,
    'has no primary key' as problem,
    'add: primary key (tenant_id, id)' as advice,
    pg_catalog.format('schema/%s/%s.sql', t.nspname, t.relname) as file
from tenant_tables t
where not exists (select from pg_catalog.pg_index i where i.indrelid = t.oid and i.indisprimary)

union all
select
    pg_catalog.format('%s.%s', t.nspname, i.indexrelid::pg_catalog.regclass),
    case
        when i.indisprimary then 'primary key does not begin with tenant_id'
        else pg_catalog.format('key %s does not contain tenant_id', k.relname)
    end,
    'put tenant_id first, or register the table as global',
    pg_catalog.format('schema/%s/%s.sql', t.nspname, t.relname)
from tenant_tables t
join pg_catalog.pg_index i on i.indrelid = t.oid
join pg_catalog.pg_class k on k.oid = i.indexrelid
where (i.indisprimary and i.indkey[0] <> t.attnum)
    or (
        (i.indisunique or i.indisexclusion)
        and not t.attnum = any ((i.indkey::smallint[])[0:i.indnkeyatts - 1])
    )

union all
select
    pg_catalog.format('%s.%s', t.nspname, t.relname),
    'tenant_id may be null',
    'declare it not null',
    pg_catalog.format('schema/%s/%s.sql', t.nspname, t.relname)
from tenant_tables t
join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = t.attnum
where not a.attnotnull

order by 1, 2
