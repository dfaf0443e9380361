-- Every row of a table as text, columns $1 only, in an order of its own.
select stable.row::text as row
from schema_name.table_name as t
cross join lateral (
    select pg_catalog.jsonb_object_agg(e.key, e.value) as row
    from pg_catalog.jsonb_each(pg_catalog.to_jsonb(t)) as e
    where e.key = any ($1::text[])
) as stable
order by stable.row::text collate "C"
