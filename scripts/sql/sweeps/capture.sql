-- The log follows every table, or the registry says why it does not: whatever session writes, into whichever partition.
-- What a row is known by keeps it.
with tables as (
    select t.table_name, c.oid, pg_catalog.format('schema/%s/%s.sql', n.nspname, c.relname) as file
    from ops.table_classes t
    join pg_catalog.pg_class c on c.oid = pg_catalog.to_regclass(t.table_name)
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1::text[]) and t.untracked_because is null
)
select t.table_name || '.' || event as object,
    pg_catalog.format('%s of %s does not reach the log', event, r.relation) as problem,
    'attach it: seeds/reference/900_log.sql does, once it is registered' as advice, t.file
from tables t
cross join lateral (
    select t.oid::pg_catalog.regclass
    union
    select p.relid from pg_catalog.pg_partition_tree(t.oid) p
) r (relation)
cross join (values ('insert', 4), ('delete', 8), ('update', 16), ('truncate', 32)) as events (event, bit)
where not exists (
    select
    from pg_catalog.pg_trigger g
    where g.tgrelid = r.relation
        and g.tgfoid = pg_catalog.to_regprocedure(
            pg_catalog.format('audit.tg_%s__capture()', pg_catalog.replace(t.table_name, '.', '_'))
        )
        and g.tgtype & 61 = bit -- for each statement, at this event and no other
        and g.tgenabled = 'A'
        and g.tgqual is null
)

union all
select t.table_name || ' key', t.table_name || ' lets its key be changed, so the log could not tell its rows',
    'attach it: audit._attach freezes the key', t.file
from tables t
join pg_catalog.pg_index i on i.indrelid = t.oid and i.indisprimary
where not exists (
    select
    from pg_catalog.pg_trigger g
    where g.tgrelid = t.oid
        and g.tgfoid = pg_catalog.to_regprocedure('core.tg__freeze_key()')
        and g.tgtype & 19 = 19 -- before each row that is updated
        and g.tgenabled <> 'D'
        and g.tgattr::smallint[] @> i.indkey::smallint[]
)
order by 1
