-- Names that can be guessed: <table>_pkey, <table>_…_key|fkey|check|excl, <table>_…_idx, triggers _NNN_<task>,
-- trigger functions tg_<table>__<task> or tg__<task>, enum values that GraphQL accepts.
with things as (
    select n.nspname, c.relname, k.conname::text as name, 'constraint' as kind,
        case k.contype
            when 'p' then '^' || c.relname || '_pkey$'
            when 'u' then '^' || c.relname || '_.+_key$'
            when 'f' then '^' || c.relname || '_.+_fkey$'
            when 'c' then '^' || c.relname || '_.+_check$'
            when 'x' then '^' || c.relname || '_.+_excl$'
        end as pattern,
        pg_catalog.format('schema/%s/%s.sql', n.nspname, c.relname) as file
    from pg_catalog.pg_constraint k
    join pg_catalog.pg_class c on c.oid = k.conrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where k.contype in ('p', 'u', 'f', 'c', 'x') and not c.relispartition

    union all
    select n.nspname, c.relname, i.relname, 'index',
        '^' || c.relname || '_.+_' || case when x.indisunique then '(idx|key)' else 'idx' end || '$',
        case
            when c.relkind = 'm' then pg_catalog.format('schema/%s/views/%s.sql', n.nspname, c.relname)
            else pg_catalog.format('schema/%s/%s.sql', n.nspname, c.relname)
        end
    from pg_catalog.pg_index x
    join pg_catalog.pg_class i on i.oid = x.indexrelid
    join pg_catalog.pg_class c on c.oid = x.indrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where not c.relispartition
        and not exists (select from pg_catalog.pg_constraint k where k.conindid = i.oid and k.conrelid = c.oid)

    union all
    select n.nspname, c.relname, t.tgname, 'trigger', '^_\d{3}_[a-z_]+$',
        pg_catalog.format('schema/%s/%s.sql', n.nspname, c.relname)
    from pg_catalog.pg_trigger t
    join pg_catalog.pg_class c on c.oid = t.tgrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal

    union all
    select n.nspname, p.proname, p.proname, 'trigger function', '^tg_([a-z_]+)?__[a-z_]+$|^tg__[a-z_]+$',
        pg_catalog.format('functions/%s/%s.sql', n.nspname, p.proname)
    from pg_catalog.pg_proc p
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype

    union all
    select n.nspname, t.typname, e.enumlabel, 'enum value', '^[a-z_]+$',
        pg_catalog.format('schema/%s/_module.sql', n.nspname)
    from pg_catalog.pg_enum e
    join pg_catalog.pg_type t on t.oid = e.enumtypid
    join pg_catalog.pg_namespace n on n.oid = t.typnamespace
)
select
    pg_catalog.format('%s.%s.%s', nspname, relname, name) as object,
    pg_catalog.format('%s %s of %s.%s is not named as the rest', kind, name, nspname, relname) as problem,
    pg_catalog.format('the pattern is %s', pattern) as advice,
    file
from things
where nspname = any ($1::text[]) and name !~ pattern
order by 1
