-- How many decimals of a degree are said of a place, at a precision.

create or replace function stories.decimals("precision" stories.place_precision)
returns integer
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select case "precision" when 'region' then 0 when 'locality' then 1 else 6 end
$$;

comment on function stories.decimals(stories.place_precision) is
    'How many decimals of a degree are said of a place, at a precision.';

revoke execute on function stories.decimals(stories.place_precision) from public;
grant execute on function stories.decimals(stories.place_precision) to anon, authenticated, service_role;
