-- Every direct write there is to try on the tables of some modules ($1), column by column, with its refusal.
-- None would change a row if it were let through, but for an insert.

with tables as (
    select c.oid, c.relkind, format('%I.%I', n.nspname, c.relname) as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
),
attempts (statement) as (
    select format(verb, t.name, a.attname)
    from tables t
    join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    cross join unnest(array[
        'insert into %s (%I) values (default)',
        'update %s set %I = default where false'
    ]) as verb
    -- What a view computes cannot be written at all.
    where t.relkind <> 'v' or pg_column_is_updatable(t.oid, a.attnum, false)
    union all
    select format('delete from %s where false', t.name)
    from tables t
    where t.relkind <> 'v' or pg_relation_is_updatable(t.oid, false) & 16 = 16
    union all
    select format('truncate %s', t.name)
    from tables t
    where t.relkind in ('r', 'p')
)
select statement, pg_temp.attempt(statement) as refusal
from attempts
order by statement
