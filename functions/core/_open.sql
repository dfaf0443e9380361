-- Decrypts what core._seal() made.

create or replace function core._open(sealed bytea, key bytea)
returns bytea
language sql
stable
strict
set search_path = pg_catalog, pg_temp
as $$
    select extensions.pgp_sym_decrypt_bytea(sealed, encode(key, 'hex'))
$$;

comment on function core._open(bytea, bytea) is 'Decrypts what core._seal() made.';

revoke execute on function core._open(bytea, bytea) from public;
