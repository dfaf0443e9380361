-- bytes of one change, where it lies

select k.name, round(sum(k.bytes) / (select count(*) from audit.leaves))::integer as bytes
from (
    select
        case when t.relkind = 'i' then 'index of ' || split_part(c.relname, '_2', 1) else c.relname end as name,
        pg_relation_size(t.oid) as bytes
    from pg_class c
    join lateral (
        select c.oid, 'r'::"char" as relkind
        union all
        select i.indexrelid, 'i' from pg_index i where i.indrelid = c.oid
    ) t on true
    where c.relnamespace = 'audit'::regnamespace
        and c.relkind = 'r'
        and (c.relname ~ '^changes_(2|default)' or c.relname in ('leaves', 'nodes', 'blocks'))
) k
group by k.name
having sum(k.bytes) > (select count(*) from audit.leaves)
order by k.name
