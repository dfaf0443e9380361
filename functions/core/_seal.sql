-- Encrypts with a key, authenticated, as OpenPGP does it. The key is random, so no time goes into stretching it.

create or replace function core._seal(plain bytea, key bytea)
returns bytea
language sql
volatile
strict
set search_path = pg_catalog, pg_temp
as $$
    select extensions.pgp_sym_encrypt_bytea(
        plain, encode(key, 'hex'), 'cipher-algo=aes256, s2k-mode=1, compress-algo=0'
    )
$$;

comment on function core._seal(bytea, bytea) is 'Encrypts with a key.';

revoke execute on function core._seal(bytea, bytea) from public;
