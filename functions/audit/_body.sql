-- The expression that gives the columns of a row n which the log commits to without keeping them, as bytes.

create or replace function audit._body(columns text[])
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        'record_send(row('
        || (select string_agg(format('n.%I', c), ', ' order by o) from unnest(columns) with ordinality u (c, o))
        || '))',
        'null::bytea'
    )
$$;

comment on function audit._body(text[]) is 'The expression that gives columns of a row as bytes.';

revoke execute on function audit._body(text[]) from public;
