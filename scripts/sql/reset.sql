-- Takes away what running a file again would not: the policies and grants of these tables and views, the grants
-- of these functions. What does not exist is passed over.
do $reset$
declare
    relations text[] := array['relation names'];
    routines  text[] := array['function names'];
    statement text;
begin
    for statement in
        select pg_catalog.format('drop policy %I on %s', p.polname, c.oid::pg_catalog.regclass)
        from pg_catalog.unnest(relations) as wanted (name)
        join pg_catalog.pg_class c on c.oid = pg_catalog.to_regclass(wanted.name)
        join pg_catalog.pg_policy p on p.polrelid = c.oid
        union all
        select distinct pg_catalog.format(
            'revoke all on %s from %s', c.oid::pg_catalog.regclass,
            case a.grantee when 0 then 'public' else a.grantee::pg_catalog.regrole::text end
        )
        from pg_catalog.unnest(relations) as wanted (name)
        join pg_catalog.pg_class c on c.oid = pg_catalog.to_regclass(wanted.name)
        left join pg_catalog.pg_attribute t on t.attrelid = c.oid and t.attacl is not null
        cross join lateral pg_catalog.aclexplode(c.relacl || t.attacl) a
        where a.grantee <> c.relowner
        union all
        select distinct pg_catalog.format(
            'revoke all on routine %s from %s', p.oid::pg_catalog.regprocedure,
            case a.grantee when 0 then 'public' else a.grantee::pg_catalog.regrole::text end
        )
        from pg_catalog.pg_proc p
        join pg_catalog.pg_namespace n on n.oid = p.pronamespace
        cross join lateral pg_catalog.aclexplode(p.proacl) a
        where n.nspname || '.' || p.proname = any (routines) and a.grantee <> p.proowner
    loop
        execute statement;
    end loop;
end
$reset$;
