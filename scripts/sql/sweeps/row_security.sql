-- Row level security is on for every table, and forced on none: a definer function of the owner would see nothing.
select
    pg_catalog.format('%s.%s', n.nspname, c.relname) as object,
    case when c.relforcerowsecurity then 'row level security is forced' else 'row level security is off' end as problem,
    case
        when c.relforcerowsecurity then 'remove "force row level security"'
        else pg_catalog.format('write: alter table %s.%s enable row level security', n.nspname, c.relname)
    end as advice,
    pg_catalog.format('policies/%s/%s.sql', n.nspname, c.relname) as file
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1::text[])
    and c.relkind in ('r', 'p')
    and (not c.relrowsecurity or c.relforcerowsecurity)
order by 1
