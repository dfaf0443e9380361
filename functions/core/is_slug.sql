-- What may stand in an address: lower-case letters and digits, in words joined by single hyphens.

create or replace function core.is_slug(value text)
returns boolean
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select length(value) between 1 and 63 and value ~ '^[a-z0-9]+(-[a-z0-9]+)*$'
$$;

comment on function core.is_slug(text) is 'Whether a text can stand in an address.';

revoke execute on function core.is_slug(text) from public;
grant execute on function core.is_slug(text) to anon, authenticated, service_role;
