-- What is said of columns by naming them in one of four lists.

create or replace function ops._column_classes(clear text[], personal text[], body text[], secret text[])
returns table (column_name text, pii ops.pii_class, audit ops.audit_class)
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select unnest(clear), 'none'::ops.pii_class, 'clear'::ops.audit_class
    union all
    select unnest(personal), 'personal', 'personal'
    union all
    select unnest(body), 'personal', 'body'
    union all
    select unnest(secret), 'secret', 'omitted'
$$;

comment on function ops._column_classes(text[], text[], text[], text[]) is
    'What is said of columns by naming them in one of four lists.';

revoke execute on function ops._column_classes(text[], text[], text[], text[]) from public;
