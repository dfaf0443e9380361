-- What stands behind a row n so that _image() finds columns of it, gathered under a name.

create or replace function audit._gathered(name text, columns text[])
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        ' cross join lateral (select '
        || (select string_agg(format('n.%I', c), ', ' order by o) from unnest(columns) with ordinality u (c, o))
        || ') ' || name,
        ''
    )
$$;

comment on function audit._gathered(text, text[]) is 'What stands behind a row so that columns of it have a name.';

revoke execute on function audit._gathered(text, text[]) from public;
