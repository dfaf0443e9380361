-- A count as it is published: to the nearest five, and nothing where nobody is counted.

create or replace function insights._rounded(count bigint, people bigint)
returns bigint
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select case when people > 0 then 5 * round(count / 5.0)::bigint end
$$;

comment on function insights._rounded(bigint, bigint) is 'A count as it is published.';

revoke execute on function insights._rounded(bigint, bigint) from public;
