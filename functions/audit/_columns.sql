-- The columns of a table that the log keeps in a given way, in the order of the table.

create or replace function audit._columns(table_name text, kept ops.audit_class)
returns text[]
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(a.attname::text order by a.attnum), '{}')
    from ops.column_classes c
    join pg_attribute a
        on a.attrelid = _columns.table_name::regclass and a.attname = c.column_name and not a.attisdropped
        and a.attgenerated <> 'v' -- computed when it is read: no trigger sees it
    where c.table_name = _columns.table_name and c.audit = kept
$$;

comment on function audit._columns(text, ops.audit_class) is
    'The columns of a table that the log keeps in a given way.';

revoke execute on function audit._columns(text, ops.audit_class) from public;
