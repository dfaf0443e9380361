-- The columns of a table's primary key, in its order.

create or replace function audit._key_columns(table_name text)
returns text[]
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select array_agg(a.attname::text order by k.position)
    from pg_index i
    cross join lateral unnest(i.indkey::smallint[]) with ordinality k (attnum, position)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where i.indrelid = _key_columns.table_name::regclass and i.indisprimary
$$;

comment on function audit._key_columns(text) is 'The columns of a table''s primary key, in its order.';

revoke execute on function audit._key_columns(text) from public;
