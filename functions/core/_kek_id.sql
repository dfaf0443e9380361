-- A name for a key-encryption key, made from the key: another key has another one, and it says nothing of the key.

create or replace function core._kek_id(kek bytea)
returns text
language sql
immutable
strict
set search_path = pg_catalog, pg_temp
as $$
    select left(encode(extensions.hmac('empathy-ledger kek id'::bytea, kek, 'sha256'), 'hex'), 16)
$$;

comment on function core._kek_id(bytea) is 'A name for a key-encryption key.';

revoke execute on function core._kek_id(bytea) from public;
