-- A keyed hash of an email address: the same address gives the same hash, and without the key it says nothing.

create or replace function core._blind_index(email text)
returns bytea
language plpgsql
volatile
security definer -- keys are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    kek constant bytea := core._kek();
    held core.instance_keys;
begin
    insert into core.instance_keys (purpose, wrapped_key, kek_id)
    values ('blind_index', core._seal(extensions.gen_random_bytes(32), kek), core._kek_id(kek))
    on conflict on constraint instance_keys_pkey do nothing;
    select * into held from core.instance_keys k where k.purpose = 'blind_index';
    return extensions.hmac(
        convert_to(lower(btrim(email)), 'utf8'), core._unwrap(held.wrapped_key, held.kek_id), 'sha256'
    );
end
$$;

comment on function core._blind_index(text) is 'A keyed hash of an email address.';

revoke execute on function core._blind_index(text) from public;
