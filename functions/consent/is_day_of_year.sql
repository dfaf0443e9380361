-- A day of any year, as MM-DD.

create or replace function consent.is_day_of_year(value text)
returns boolean
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select value ~ '^(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])$'
        or value ~ '^(0[469]|11)-(0[1-9]|[12][0-9]|30)$'
        or value ~ '^02-(0[1-9]|[12][0-9])$'
$$;

comment on function consent.is_day_of_year(text) is 'Whether a text is a day of a year, as MM-DD.';

revoke execute on function consent.is_day_of_year(text) from public;
grant execute on function consent.is_day_of_year(text) to authenticated, service_role;
