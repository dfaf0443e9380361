-- What the views of the schemas $1 show, with the statement around it.
select n.nspname as module, c.relname as object, 'view' as part,
    pg_catalog.format(
        'create or replace view %I.%I with (%s) as',
        n.nspname, c.relname, pg_catalog.array_to_string(c.reloptions, ', ')
    ) as before,
    pg_catalog.pg_get_viewdef(c.oid) as text,
    '' as after
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1::text[]) and c.relkind = 'v'
order by module, object
