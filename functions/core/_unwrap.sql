-- Opens a wrapped key with the key-encryption key that wraps it.

create or replace function core._unwrap(wrapped_key bytea, kek_id text)
returns bytea
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select core._open(wrapped_key, core._kek_called(kek_id))
$$;

comment on function core._unwrap(bytea, text) is 'Opens a wrapped key.';

revoke execute on function core._unwrap(bytea, text) from public;
