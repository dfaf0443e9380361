-- A secret that nobody can guess: 32 random bytes as text that fits into an address.

create or replace function core._new_token()
returns text
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    select translate(rtrim(encode(extensions.gen_random_bytes(32), 'base64'), '='), '+/', '-_')
$$;

comment on function core._new_token() is 'A new secret of 256 bits, fit for an address.';

revoke execute on function core._new_token() from public;
