-- Types that promise less than they seem to: floats for amounts, instants without a zone, text that compares by
-- operators which are not leakproof, lengths that belong in a named check.
select
    pg_catalog.format('%s.%s.%s', n.nspname, c.relname, a.attname) as object,
    pg_catalog.format('column %s is %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)) as problem,
    case
        when a.atttypid in (
            'real'::pg_catalog.regtype, 'double precision'::pg_catalog.regtype, 'money'::pg_catalog.regtype
        )
            then 'use an integer of the smallest unit, or numeric'
        when a.atttypid in ('timestamp'::pg_catalog.regtype, 'timetz'::pg_catalog.regtype)
            then 'use timestamptz for an instant; for a local time, keep its zone beside it and say so'
        when a.atttypid = 'json'::pg_catalog.regtype then 'use jsonb, or text where the bytes matter'
        else 'use text, with a named check'
    end as advice,
    pg_catalog.format('schema/%s/%s.sql', n.nspname, c.relname) as file
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1::text[])
    and c.relkind in ('r', 'p')
    and a.attnum > 0
    and not a.attisdropped
    and (
        a.atttypid in (
            'real'::pg_catalog.regtype, 'double precision'::pg_catalog.regtype, 'money'::pg_catalog.regtype,
            'timestamp'::pg_catalog.regtype, 'timetz'::pg_catalog.regtype, 'json'::pg_catalog.regtype,
            'character'::pg_catalog.regtype, 'character varying'::pg_catalog.regtype
        )
        or pg_catalog.format_type(a.atttypid, null) ~ '(^|\.)citext$'
    )
order by 1
