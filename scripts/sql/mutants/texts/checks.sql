-- What the checks of the schemas $1 ask, with the statement around it.
select n.nspname as module, c.relname as object, k.conname as part,
    pg_catalog.format(
        'alter table %I.%I drop constraint %I, add constraint %I check (',
        n.nspname, c.relname, k.conname, k.conname
    ) as before,
    pg_catalog.pg_get_expr(k.conbin, k.conrelid) as text,
    ')' as after
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1::text[]) and k.contype = 'c' and k.conislocal
order by module, object, part
