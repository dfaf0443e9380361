-- Everything in Supabase's own schemas, and what its roles may do, as text: two runs are compared line by line.

with theirs as (
    select n.oid, n.nspname, n.nspacl, n.nspowner
    from pg_catalog.pg_namespace n
    where n.nspname in ('auth', 'storage', 'realtime')
)

select 'schema', t.nspname, t.nspowner::regrole::text, t.nspacl::text
from theirs t
union all
select 'relation ' || c.relkind::text, c.oid::regclass::text, c.relowner::regrole::text,
    concat_ws(' ', c.relacl::text, c.relrowsecurity, c.relforcerowsecurity)
from pg_catalog.pg_class c
join theirs t on t.oid = c.relnamespace
union all
select 'column', a.attrelid::regclass || '.' || a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
    concat_ws(' ', a.attnotnull, a.attacl::text, pg_catalog.pg_get_expr(d.adbin, d.adrelid))
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join theirs t on t.oid = c.relnamespace
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attnum > 0
union all
select 'constraint', k.conrelid::regclass::text, k.conname, pg_catalog.pg_get_constraintdef(k.oid)
from pg_catalog.pg_constraint k
join theirs t on t.oid = k.connamespace
union all
select 'trigger', g.tgrelid::regclass::text, g.tgname, pg_catalog.pg_get_triggerdef(g.oid)
from pg_catalog.pg_trigger g
join pg_catalog.pg_class c on c.oid = g.tgrelid
join theirs t on t.oid = c.relnamespace
where not g.tgisinternal
union all
select 'policy', p.polrelid::regclass::text, p.polname,
    concat_ws(' ', p.polcmd, p.polroles::text, pg_catalog.pg_get_expr(p.polqual, p.polrelid))
from pg_catalog.pg_policy p
join pg_catalog.pg_class c on c.oid = p.polrelid
join theirs t on t.oid = c.relnamespace
union all
select 'function', f.oid::regprocedure::text, f.proowner::regrole::text,
    concat_ws(' ', f.proacl::text, pg_catalog.md5(pg_catalog.pg_get_functiondef(f.oid)))
from pg_catalog.pg_proc f
join theirs t on t.oid = f.pronamespace
union all
select 'role', r.rolname, null,
    concat_ws(' ', r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolbypassrls)
from pg_catalog.pg_roles r
where r.rolname in ('anon', 'authenticated', 'service_role', 'authenticator') or r.rolname like 'supabase%'
order by 1, 2, 3, 4;
