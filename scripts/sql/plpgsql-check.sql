-- plpgsql_check over every plpgsql function of ours; a trigger function once for each table it is attached to.
-- One row per finding: level, function, line, message, detail. The last row says how many functions were checked.

with ours as (
    select p.oid, p.prorettype, p.oid::regprocedure::text as name
    from pg_catalog.pg_proc p
    join pg_catalog.pg_language l on l.oid = p.prolang
    where
        l.lanname = 'plpgsql'
        and p.proowner = 'empathy_owner'::regrole
),

calls as (
    select o.oid, o.name, 0 as relation, null as old_table, null as new_table
    from ours o
    where o.prorettype <> 'trigger'::regtype
    union
    -- A function may serve several triggers of a table, each with other transition tables: it is checked with all.
    select o.oid, o.name, t.tgrelid, max(t.tgoldtable::text), max(t.tgnewtable::text)
    from ours o
    join pg_catalog.pg_trigger t on t.tgfoid = o.oid
    where not t.tgisinternal
    group by o.oid, o.name, t.tgrelid
),

findings as (
    select f.level, c.name, f.lineno, f.message, f.detail
    from calls c
    cross join lateral plpgsql_check_function_tb(
        c.oid, c.relation, oldtable => c.old_table::name, newtable => c.new_table::name
    ) f
    union
    select 'warning', o.name, null, 'is attached to no table', null
    from ours o
    where o.prorettype = 'trigger'::regtype and o.oid not in (select c.oid from calls c)
)

select * from (select f.level, f.name, f.lineno::text, f.message, f.detail from findings f order by 1, 2, 3) listed
union all
select 'checked', count(*)::text, null, null, null from ours;
