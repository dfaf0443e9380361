-- Functions: nothing executable by everybody, every search_path pinned (pg_temp last: left unsaid it is
-- searched first, and anybody's temporary type would stand in for one of ours), none that only its owner can call
-- unless its name says so (a leading underscore, or a trigger's).
with routines as (
    select
        p.*,
        pg_catalog.format('%s.%s(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid))
            as object,
        pg_catalog.format('functions/%s/%s.sql', n.nspname, p.proname) as file
    from pg_catalog.pg_proc p
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any ($1::text[])
),
grants as (
    select r.oid, a.grantee
    from routines r
    cross join lateral pg_catalog.aclexplode(coalesce(r.proacl, pg_catalog.acldefault('f', r.proowner))) a
    where a.grantee <> r.proowner
)
select r.object, 'everybody may execute ' || r.object as problem,
    'write: revoke execute on function … from public' as advice, r.file
from routines r
where exists (select from grants g where g.oid = r.oid and g.grantee = 0)

union all
select r.object, r.object || ' does not pin its search_path',
    'write: set search_path = pg_catalog, pg_temp', r.file
from routines r
where r.prokind <> 'a'
    and not coalesce(r.proconfig @> array['search_path=pg_catalog, pg_temp'], false)

union all
select r.object, 'nobody may execute ' || r.object,
    'grant it to those it is for, or let its name begin with an underscore', r.file
from routines r
where r.proname !~ '^(_|tg_)'
    and r.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype
    and not exists (select from grants g where g.oid = r.oid)

order by 1, 2
