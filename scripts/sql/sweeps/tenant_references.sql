-- A row of one tenant cannot refer to a row of another: foreign keys between tenant tables carry tenant_id.
-- Global tables never refer to tenant tables; and no key of several columns is set null, which would switch it off.
with tables as (
    select
        c.oid, n.nspname, c.relname, a.attnum as tenant_column,
        a.attnum is not null and t.tenancy is distinct from 'global' as is_tenant
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    left join ops.table_classes t on t.table_name = n.nspname || '.' || c.relname
    where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p')
),
foreign_keys as (
    select
        f.conname, f.confdeltype, pg_catalog.cardinality(f.conkey) as columns,
        a.nspname, a.relname, a.is_tenant as from_tenant, b.is_tenant as to_tenant,
        exists (
            select
            from unnest(f.conkey, f.confkey) as pair (here, there)
            where pair.here = a.tenant_column and pair.there = b.tenant_column
        ) as carries_tenant
    from pg_catalog.pg_constraint f
    join tables a on a.oid = f.conrelid
    join tables b on b.oid = f.confrelid
    where f.contype = 'f'
)
select
    pg_catalog.format('%s.%s.%s', nspname, relname, conname) as object,
    case
        when from_tenant and to_tenant and not carries_tenant
            then pg_catalog.format('foreign key %s does not carry tenant_id', conname)
        when not from_tenant and to_tenant
            then pg_catalog.format('foreign key %s points from a global table to a tenant table', conname)
        else pg_catalog.format('foreign key %s of several columns is set null on delete', conname)
    end as problem,
    case
        when from_tenant and to_tenant and not carries_tenant
            then 'make it foreign key (tenant_id, …) references … (tenant_id, …)'
        when not from_tenant and to_tenant
            then 'let the tenant table refer to the global one, or make both global'
        else 'restrict or cascade; null the children explicitly where that is meant'
    end as advice,
    pg_catalog.format('schema/%s/%s.sql', nspname, relname) as file
from foreign_keys
where (from_tenant and to_tenant and not carries_tenant)
    or (not from_tenant and to_tenant)
    or (columns > 1 and confdeltype = 'n')
order by 1
