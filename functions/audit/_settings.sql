-- The settings that a capture function has to pin, so that no session decides how an image is written. Each costs
-- every statement a little, so a table pins what its columns need: JSON writes instants in the session's time zone,
-- most types always in one way, and what is left may depend on anything.

create or replace function audit._settings(table_name text)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with kept as (
        select coalesce(nullif(t.typelem, 0), t.oid)::regtype as type
        from ops.column_classes c
        join pg_attribute a on a.attrelid = _settings.table_name::regclass and a.attname = c.column_name
        join pg_type t on t.oid = a.atttypid
        where c.table_name = _settings.table_name and c.audit in ('clear', 'personal') and t.typtype <> 'e'
    )
    select concat_ws(
        ' ',
        'set search_path = pg_catalog, pg_temp',
        case when bool_or(any_setting or k.type = 'timestamptz'::regtype) then $sql$set timezone = 'UTC'$sql$ end,
        case
            when bool_or(any_setting)
                then
                    $sql$set datestyle = 'ISO, YMD' set intervalstyle = 'iso_8601' $sql$
                    || $sql$set extra_float_digits = '1' set bytea_output = 'hex'$sql$
        end,
        -- What is only committed to is hashed in the form in which it would be sent.
        case when audit._columns(_settings.table_name, 'body') <> '{}' then $sql$set client_encoding = 'UTF8'$sql$ end
    )
    from kept k
    cross join lateral (
        select k.type <> all (
            '{boolean,smallint,integer,bigint,numeric,text,uuid,jsonb,date,timestamp,timestamptz}'::regtype[]
        ) as any_setting
    ) s
$$;

comment on function audit._settings(text) is 'The settings that a capture function has to pin.';

revoke execute on function audit._settings(text) from public;
