-- empathy_owner owns everything, whoever migrated; and a view looks with the eyes of whoever asks.
with things as (
    select n.nspname as object, 'schema' as kind, n.nspowner as owner,
        pg_catalog.format('schema/%s/_module.sql', n.nspname) as file
    from pg_catalog.pg_namespace n
    where n.nspname = any ($1::text[])
    union all
    select n.nspname || '.' || c.relname, 'relation', c.relowner,
        pg_catalog.format('schema/%s/%s.sql', n.nspname, c.relname)
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1::text[]) and c.relkind <> 'i'
    union all
    select p.oid::pg_catalog.regprocedure::text, 'function', p.proowner,
        pg_catalog.format('functions/%s/%s.sql', n.nspname, p.proname)
    from pg_catalog.pg_proc p
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any ($1::text[])
    union all
    select n.nspname || '.' || t.typname, 'type', t.typowner, pg_catalog.format('schema/%s/_module.sql', n.nspname)
    from pg_catalog.pg_type t
    join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    where n.nspname = any ($1::text[])
)
select object, pg_catalog.format('%s %s belongs to %s', kind, object, pg_catalog.pg_get_userbyid(owner)) as problem,
    'let empathy_owner make it: no set role, no alter … owner' as advice, file
from things
where pg_catalog.pg_get_userbyid(owner) <> 'empathy_owner'

union all
select n.nspname || '.' || c.relname,
    pg_catalog.format('view %s.%s looks with its owner''s eyes', n.nspname, c.relname),
    'write: create view … with (security_invoker = true)',
    pg_catalog.format('schema/%s/views/%s.sql', n.nspname, c.relname)
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1::text[])
    and c.relkind = 'v'
    and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on'], false)
order by 1
