-- The primary key of a row as the log writes it, from any JSON that holds it.

create or replace function audit._key_text(table_name text, key jsonb)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select '{' || string_agg(to_json(k.name)::text || ':' || (_key_text.key -> k.name)::text, ',' order by k.nth) || '}'
    from unnest(audit._key_columns(_key_text.table_name)) with ordinality k (name, nth)
$$;

comment on function audit._key_text(text, jsonb) is 'The primary key of a row as the log writes it.';

revoke execute on function audit._key_text(text, jsonb) from public;
