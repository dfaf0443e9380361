-- Functions of the schemas $1 that people may not execute, granted to everybody. Nobody can call a trigger's.
select 'execute-grant' as kind, n.nspname as module, p.proname as object,
    pg_catalog.pg_get_function_identity_arguments(p.oid) as part,
    pg_catalog.format('grant execute on routine %s to public', p.oid::pg_catalog.regprocedure) as ddl, null as skip
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where n.nspname = any ($1::text[])
    and p.prorettype not in ('pg_catalog.trigger'::pg_catalog.regtype, 'pg_catalog.event_trigger'::pg_catalog.regtype)
    and not pg_catalog.has_function_privilege('authenticated', p.oid, 'execute')
order by module, object, part
