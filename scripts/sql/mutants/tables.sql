-- Tables of the schemas $1: row level security switched off, each trigger disabled; and views that stop asking
-- with the rights of whoever looks.
select 'row-security' as kind, n.nspname as module, c.relname as object, '' as part,
    pg_catalog.format('alter table %I.%I disable row level security', n.nspname, c.relname) as ddl, null as skip
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p') and c.relrowsecurity

union all
select 'trigger', n.nspname, c.relname, t.tgname,
    pg_catalog.format('alter table %I.%I disable trigger %I', n.nspname, c.relname, t.tgname), null
from pg_catalog.pg_trigger t
join pg_catalog.pg_class c on c.oid = t.tgrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1::text[]) and not t.tgisinternal and t.tgparentid = 0 and t.tgenabled <> 'D'

union all
select 'view', n.nspname, c.relname, '',
    pg_catalog.format('alter view %I.%I set (security_invoker = false)', n.nspname, c.relname), null
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1::text[]) and c.relkind = 'v'
    and exists (
        select
        from pg_catalog.pg_options_to_table(c.reloptions)
        where option_name = 'security_invoker' and option_value::boolean
    )

order by kind, module, object, part
