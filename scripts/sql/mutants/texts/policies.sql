-- What the policies of the schemas $1 ask, with the statement around it.
select n.nspname as module, c.relname as object, p.polname || ' ' || part.name as part,
    pg_catalog.format('alter policy %I on %I.%I %s (', p.polname, n.nspname, c.relname, part.clause) as before,
    pg_catalog.pg_get_expr(part.expression, p.polrelid) as text,
    ')' as after
from pg_catalog.pg_policy p
join pg_catalog.pg_class c on c.oid = p.polrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
cross join lateral (
    values ('using', 'using', p.polqual), ('check', 'with check', p.polwithcheck)
) as part (name, clause, expression)
where n.nspname = any ($1::text[]) and part.expression is not null
order by module, object, part
