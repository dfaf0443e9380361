-- Who may do what, line by line: the policies and grants of every table and view of the schemas $1, and who may
-- execute each function.
with relations as (
    select c.oid, c.relacl, c.relowner, c.relkind, pg_catalog.format('%s.%s', n.nspname, c.relname) as section,
        case
            when c.relkind in ('v', 'm') then pg_catalog.format('schema/%s/views/%s.sql', n.nspname, c.relname)
            else pg_catalog.format('policies/%s/%s.sql', n.nspname, c.relname)
        end as file
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p', 'v', 'm', 'S')
),
grants as (
    select r.section, r.file, a.grantee, pg_catalog.lower(a.privilege_type) as verb, null::name as column_name
    from relations r
    cross join lateral pg_catalog.aclexplode(r.relacl) a
    where a.grantee <> r.relowner
    union all
    select r.section, r.file, a.grantee, pg_catalog.lower(a.privilege_type), c.attname
    from relations r
    join pg_catalog.pg_attribute c on c.attrelid = r.oid and c.attacl is not null
    cross join lateral pg_catalog.aclexplode(c.attacl) a
    where a.grantee <> r.relowner
),
verbs as (
    select section, file,
        case grantee when 0 then 'everybody' else pg_catalog.pg_get_userbyid(grantee)::text end as role,
        verb || coalesce(
            ' (' || pg_catalog.string_agg(column_name, ', ' order by column_name collate "C") || ')', ''
        ) as verb
    from grants
    group by section, file, grantee, verb, (column_name is null)
)
select 1 as part, section, 1 as place, '    policy ' || p.polname || ': ' || case p.polcmd when 'r' then 'select'
        when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end
        || ' to ' || (
            select pg_catalog.string_agg(coalesce(r.rolname, 'everybody'), ', ' order by r.rolname)
            from pg_catalog.unnest(p.polroles) as u (role)
            left join pg_catalog.pg_roles r on r.oid = u.role
        )
        || case when p.polpermissive then '' else ', restrictive' end as line,
    file
from relations
join pg_catalog.pg_policy p on p.polrelid = relations.oid

union all
select 1, section, 2, '    ' || role || ': ' || pg_catalog.string_agg(verb, ', ' order by verb collate "C"), file
from verbs
group by section, role, file

union all
select 2,
    pg_catalog.format('%s.%s(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
    1, '    execute: ' || pg_catalog.string_agg(
        case a.grantee when 0 then 'everybody' else pg_catalog.pg_get_userbyid(a.grantee)::text end, ', '
        order by pg_catalog.pg_get_userbyid(a.grantee)
    ),
    pg_catalog.format('functions/%s/%s.sql', n.nspname, p.proname)
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
cross join lateral pg_catalog.aclexplode(coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) a
where n.nspname = any ($1::text[]) and a.grantee <> p.proowner
group by n.nspname, p.proname, p.oid

order by part, section, place, line
