-- Policies: for roles by name, called <verb>_<who>, and none calls a function of ours with a column of the row: that
-- would run once a row, where an array or a set asked for once does the same.
with policies as (
    select
        p.*, n.nspname, c.relname,
        pg_catalog.concat_ws(
            ' ', pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)
        ) as condition,
        case p.polcmd when 'r' then 'read' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete'
            else 'manage' end as verb,
        pg_catalog.format('policies/%s/%s.sql', n.nspname, c.relname) as file
    from pg_catalog.pg_policy p
    join pg_catalog.pg_class c on c.oid = p.polrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1::text[])
),
calls as (
    -- Strings out of the way first; then every call of a function of ours, with its arguments.
    select p.oid, p.polrelid, call[1] as function, call[2] as arguments
    from policies p
    cross join lateral pg_catalog.regexp_matches(
        pg_catalog.regexp_replace(p.condition, '''[^'']*''', '''''', 'g'),
        '\m((?:' || pg_catalog.array_to_string($1::text[], '|') || ')\.\w+)\(((?:[^()]|\([^()]*\))*)\)',
        'g'
    ) as call
)
select pg_catalog.format('%s.%s.%s', nspname, relname, polname) as object,
    pg_catalog.format('policy %s is for everybody', polname) as problem,
    'write: to anon, authenticated, … whoever it is for' as advice, file
from policies
where 0 = any (polroles)

union all
select pg_catalog.format('%s.%s.%s', nspname, relname, polname),
    pg_catalog.format('policy %s is for %s, and is not named so', polname, verb),
    pg_catalog.format('name it %s_<who>', verb), file
from policies
where polname !~ ('^' || verb || '_[a-z_]+$')

union all
select pg_catalog.format('%s.%s.%s', p.nspname, p.relname, p.polname),
    pg_catalog.format('policy %s calls %s with a column of the row', p.polname, c.function),
    'ask once: = any ((select …)::uuid[]), or in (select set_function())', p.file
from policies p
join calls c on c.oid = p.oid
where exists (
    select
    from pg_catalog.pg_attribute a
    where a.attrelid = c.polrelid and a.attnum > 0 and not a.attisdropped
        and c.arguments ~ ('\m' || a.attname || '\M')
)
order by 1, 2
