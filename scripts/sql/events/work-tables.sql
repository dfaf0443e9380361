-- The tables that say something of a work itself: works, and what only works of a kind have.
select 'content.works' as name
union
select format('%I.%I', n.nspname, c.relname)
from pg_constraint f
join pg_constraint p on p.conrelid = f.conrelid and p.contype = 'p'
join pg_class c on c.oid = f.conrelid
join pg_namespace n on n.oid = c.relnamespace
where f.contype = 'f'
    and f.confrelid = 'content.works'::regclass
    and f.conkey @> p.conkey
order by name;
