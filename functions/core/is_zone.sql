-- A time zone that this server knows, by its name: America/Winnipeg, UTC.

create or replace function core.is_zone(value text)
returns boolean
language plpgsql
immutable -- as far as a name that is known stays known
strict
set search_path = pg_catalog, pg_temp
as $$
begin
    -- An abbreviation or an offset says nothing of the summer.
    return value ~ '^([A-Z][A-Za-z_+-]*/[A-Za-z0-9_/+-]+|UTC)$' and timezone(value, timestamptz 'epoch') is not null;
exception
    when invalid_parameter_value then
        return false;
end
$$;

comment on function core.is_zone(text) is 'Whether a text is the name of a time zone.';

revoke execute on function core.is_zone(text) from public;
grant execute on function core.is_zone(text) to anon, authenticated, service_role;
