-- An instant as Postgres keeps it: microseconds since the year 2000 began in UTC.

create or replace function audit._microseconds(instant timestamptz)
returns bigint
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select ('x' || encode(timestamptz_send(instant), 'hex'))::bit(64)::bigint
$$;

comment on function audit._microseconds(timestamptz) is 'An instant as microseconds since the year 2000.';

revoke execute on function audit._microseconds(timestamptz) from public;
