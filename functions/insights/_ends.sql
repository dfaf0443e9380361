-- When what holds at an instant ends by itself; never, or not known, is null.

create or replace function insights._ends(during tstzmultirange, at timestamptz)
returns timestamptz
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select upper(r.r) from unnest(during) as r (r) where r.r @> at
$$;

comment on function insights._ends(tstzmultirange, timestamptz) is 'When what holds at an instant ends by itself.';

revoke execute on function insights._ends(tstzmultirange, timestamptz) from public;
