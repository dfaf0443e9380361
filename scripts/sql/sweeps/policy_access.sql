-- Policies and grants belong together: a table has policies, each policy's role may do what the policy is about,
-- each granted verb has a policy, and those who meet a function in a policy or a default may execute it.
with tables as (
    select c.oid, c.relacl, c.relowner, n.nspname, c.relname, n.oid as namespace,
        pg_catalog.format('%s.%s', n.nspname, c.relname) as object,
        pg_catalog.format('policies/%s/%s.sql', n.nspname, c.relname) as file
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p') and c.relrowsecurity and not c.relispartition
),
policies as (
    select p.oid, p.polname, p.polrelid, t.file, t.object, t.namespace, t.nspname, r.rolname, r.oid as role, v.verb
    from pg_catalog.pg_policy p
    join tables t on t.oid = p.polrelid
    join pg_catalog.pg_roles r on r.oid = any (p.polroles)
    cross join lateral pg_catalog.unnest(
        case p.polcmd when 'r' then array['select'] when 'a' then array['insert'] when 'w' then array['update']
            when 'd' then array['delete'] else array['select', 'insert', 'update', 'delete'] end
    ) as v (verb)
),
grants as (
    select distinct t.oid, a.grantee as role, pg_catalog.lower(a.privilege_type) as verb
    from tables t
    left join pg_catalog.pg_attribute c on c.attrelid = t.oid and c.attacl is not null
    cross join lateral pg_catalog.aclexplode(t.relacl || c.attacl) a
    where a.grantee <> t.relowner
        and a.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
),
-- Functions that run with the rights of whoever meets them.
met as (
    select p.polrelid as relation, p.role, p.rolname, p.file, 'policy ' || p.polname as place, d.refobjid as function
    from policies p
    join pg_catalog.pg_depend d
        on d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass and d.objid = p.oid
        and d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
    union
    select a.adrelid, g.role, r.rolname, t.file, 'the default of ' || c.attname, d.refobjid
    from pg_catalog.pg_attrdef a
    join pg_catalog.pg_attribute c on c.attrelid = a.adrelid and c.attnum = a.adnum
    join tables t on t.oid = a.adrelid
    join pg_catalog.pg_depend d
        on d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass and d.objid = a.oid
        and d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
    join grants g on g.oid = a.adrelid and g.verb = 'insert'
    join pg_catalog.pg_roles r on r.oid = g.role
    union
    select k.conrelid, g.role, r.rolname, t.file, 'constraint ' || k.conname, d.refobjid
    from pg_catalog.pg_constraint k
    join tables t on t.oid = k.conrelid
    join pg_catalog.pg_depend d
        on d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass and d.objid = k.oid
        and d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
    join grants g on g.oid = k.conrelid and g.verb in ('insert', 'update')
    join pg_catalog.pg_roles r on r.oid = g.role
    where k.contype = 'c'
)
select t.object, 'has row level security, but no policy: nobody sees a row' as problem,
    'write its policies, or say why there are none: "-- except policy_access: …"' as advice, t.file
from tables t
where not exists (select from pg_catalog.pg_policy p where p.polrelid = t.oid)

union all
select distinct p.object,
    pg_catalog.format('policy %s lets %s %s, but no grant does', p.polname, p.rolname, p.verb),
    pg_catalog.format('write: grant %s on %s to %s', p.verb, p.object, p.rolname), p.file
from policies p
where not pg_catalog.has_table_privilege(p.role, p.polrelid, p.verb)
    and (p.verb = 'delete' or not pg_catalog.has_any_column_privilege(p.role, p.polrelid, p.verb))

union all
select t.object, pg_catalog.format('%s is granted %s, but no policy lets it', r.rolname, g.verb),
    pg_catalog.format('write a policy %s_<who> for it, or revoke the grant', g.verb), t.file
from grants g
join tables t on t.oid = g.oid
join pg_catalog.pg_roles r on r.oid = g.role
where exists (select from pg_catalog.pg_policy p where p.polrelid = t.oid)
    and not exists (
        select
        from policies p
        where p.polrelid = g.oid and p.verb = g.verb and pg_catalog.pg_has_role(g.role, p.role, 'usage')
    )

union all
select distinct t.object, pg_catalog.format('%s is granted to everybody', g.verb),
    'grant it to roles by name', t.file
from grants g
join tables t on t.oid = g.oid
where g.role = 0

union all
select t.object,
    pg_catalog.format(
        '%s meets %s in %s, and may not execute it', m.rolname, m.function::pg_catalog.regprocedure, m.place
    ),
    pg_catalog.format(
        'write in its file: grant execute on function %s to %s', m.function::pg_catalog.regprocedure, m.rolname
    ),
    m.file
from met m
join tables t on t.oid = m.relation
where not pg_catalog.has_function_privilege(m.role, m.function, 'execute')

union all
select distinct p.object, pg_catalog.format('%s may not use schema %s', p.rolname, p.nspname),
    pg_catalog.format('write: grant usage on schema %s to %s', p.nspname, p.rolname),
    pg_catalog.format('schema/%s/_module.sql', p.nspname)
from policies p
where not pg_catalog.has_schema_privilege(p.role, p.namespace, 'usage')

order by 1, 2
