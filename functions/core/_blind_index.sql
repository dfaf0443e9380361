-- A keyed hash of an email address: the same address gives the same hash, and without the key it says nothing.

create or replace function core._blind_index(email text)
returns bytea
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    select extensions.hmac(convert_to(lower(btrim(email)), 'utf8'), core._unwrap(k.wrapped_key, k.kek_id), 'sha256')
    from core._instance_key() k
$$;

comment on function core._blind_index(text) is 'A keyed hash of an email address.';

revoke execute on function core._blind_index(text) from public;
