-- What a capture function was written for: of each column that the log keeps, its type, the labels of an enum, and
-- whether it is kept by its hash alone. As comment lines at the head of the function, so that the next time shows what
-- became different.

create or replace function audit._shape(table_name text)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select string_agg(
        format(
            '-- %s: %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
            (
                select ' ' || string_agg(e.enumlabel, ' ' order by e.enumsortorder)
                from pg_enum e
                where e.enumtypid = a.atttypid
            ),
            case when c.audit = 'body' then ' by its hash alone' end
        ),
        E'\n' order by a.attname
    )
    from pg_attribute a
    join ops.column_classes c on c.table_name = _shape.table_name and c.column_name = a.attname
    where a.attrelid = _shape.table_name::regclass and not a.attisdropped and c.audit <> 'omitted'
$$;

comment on function audit._shape(text) is 'What a capture function was written for: columns and their types.';

revoke execute on function audit._shape(text) from public;
