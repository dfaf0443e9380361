-- Checks, exclusions, unique and foreign keys of the schemas $1, dropped. A unique key that foreign keys stand on
-- cannot go without them.
with dependents as (
    select distinct conindid as index
    from pg_catalog.pg_constraint
    where contype = 'f'
)
select
    case k.contype
        when 'c' then 'check'
        when 'x' then 'exclusion'
        when 'f' then 'foreign-key'
        else 'unique'
    end as kind,
    n.nspname as module, c.relname as object, k.conname as part,
    pg_catalog.format('alter table %I.%I drop constraint %I', n.nspname, c.relname, k.conname) as ddl,
    case when d.index is not null then 'foreign keys stand on it' end as skip
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join dependents d on d.index = k.conindid and k.contype in ('p', 'u')
where n.nspname = any ($1::text[]) and k.contype in ('c', 'x', 'f', 'p', 'u') and k.conparentid = 0 and k.conislocal

union all
select 'unique', n.nspname, c.relname, i.relname, pg_catalog.format('drop index %I.%I', n.nspname, i.relname),
    case when d.index is not null then 'foreign keys stand on it' end
from pg_catalog.pg_index x
join pg_catalog.pg_class i on i.oid = x.indexrelid
join pg_catalog.pg_class c on c.oid = x.indrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join dependents d on d.index = x.indexrelid
where n.nspname = any ($1::text[]) and x.indisunique and not i.relispartition
    and not exists (select from pg_catalog.pg_constraint k where k.conindid = x.indexrelid and k.contype <> 'f')

order by kind, module, object, part
