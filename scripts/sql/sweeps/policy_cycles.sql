-- Policies of two tables do not read each other's table: Postgres would refuse every query with "infinite recursion".
with recursive reads as (
    select distinct p.polrelid as reader, d.refobjid as source
    from pg_catalog.pg_policy p
    join pg_catalog.pg_depend d
        on d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass and d.objid = p.oid
        and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    join pg_catalog.pg_class c on c.oid = d.refobjid
    where d.refobjid <> p.polrelid and c.relrowsecurity
),
paths as (
    select reader as start, source as reached, array[reader, source] as path
    from reads
    union all
    select p.start, r.source, p.path || r.source
    from paths p
    join reads r on r.reader = p.reached
    where r.source = p.start or r.source <> all (p.path)
)
select
    pg_catalog.format('%s.%s', n.nspname, c.relname) as object,
    'its policies read a table whose policies lead back: ' || (
        select pg_catalog.string_agg(step::pg_catalog.regclass::text, ' → ' order by position)
        from pg_catalog.unnest(p.path) with ordinality as u (step, position)
    ) as problem,
    'ask a definer function for the keys instead: in (select set_function())' as advice,
    pg_catalog.format('policies/%s/%s.sql', n.nspname, c.relname) as file
from paths p
join pg_catalog.pg_class c on c.oid = p.start
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where p.reached = p.start
    and n.nspname = any ($1::text[])
order by 1, 2
