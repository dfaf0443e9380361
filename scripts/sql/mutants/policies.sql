-- Policies of the schemas $1, dropped; and those that ask anything, asking nothing.
with policies as (
    select p.*, n.nspname as module, c.relname,
        pg_catalog.format('%I on %I.%I', p.polname, n.nspname, c.relname) as target
    from pg_catalog.pg_policy p
    join pg_catalog.pg_class c on c.oid = p.polrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1::text[])
)
select 'policy-drop' as kind, module, relname as object, polname as part, 'drop policy ' || target as ddl,
    null as skip
from policies

union all
select 'policy-open', module, relname, polname || ' using', 'alter policy ' || target || ' using (true)', null
from policies
where pg_catalog.pg_get_expr(polqual, polrelid) <> 'true'

union all
select 'policy-open', module, relname, polname || ' check', 'alter policy ' || target || ' with check (true)', null
from policies
where pg_catalog.pg_get_expr(polwithcheck, polrelid) <> 'true'

order by kind, module, object, part
