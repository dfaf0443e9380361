-- The expression that gives these columns of a row n as one line of JSON; null when there are none.

create or replace function audit._image(columns text[])
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        'row_to_json((select r from (select '
        || (select string_agg(format('n.%I', c), ', ' order by o) from unnest(columns) with ordinality u (c, o))
        || ') r))::text',
        'null::text'
    )
$$;

comment on function audit._image(text[]) is 'The expression that gives columns of a row as one line of JSON.';

revoke execute on function audit._image(text[]) from public;
