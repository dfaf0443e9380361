-- Whether a value is what a setting takes.

create or replace function core._setting_fits(
    value jsonb,
    type core.setting_type,
    choices text[],
    minimum bigint,
    maximum bigint
)
returns boolean
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        case type
            when 'boolean' then jsonb_typeof(value) = 'boolean'
            when 'integer' then
                jsonb_typeof(value) = 'number'
                and (value #>> '{}')::numeric % 1 = 0
                and (value #>> '{}')::numeric
                    between coalesce(minimum, -9007199254740991) and coalesce(maximum, 9007199254740991)
            when 'text' then
                jsonb_typeof(value) = 'string'
                and length(value #>> '{}') between coalesce(minimum, 0) and coalesce(maximum, 1000)
            when 'choice' then jsonb_typeof(value) = 'string' and value #>> '{}' = any (choices)
            else value #>> '{}' ~ '^P(?=.)([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}D)?$'
        end,
        false
    )
$$;

comment on function core._setting_fits(jsonb, core.setting_type, text[], bigint, bigint) is
    'Whether a value is what a setting takes.';

revoke execute on function core._setting_fits(jsonb, core.setting_type, text[], bigint, bigint) from public;
