-- The expression that gives the columns which _gathered() gathered under a name as one line of JSON; null when there
-- are none. A subquery in place of the expression would be set up anew for every statement, and entered for every row.

create or replace function audit._image(name text, columns text[])
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select case when cardinality(columns) > 0 then 'row_to_json(' || name || ')::text' else 'null::text' end
$$;

comment on function audit._image(text, text[]) is 'The expression that gives columns of a row as one line of JSON.';

revoke execute on function audit._image(text, text[]) from public;
