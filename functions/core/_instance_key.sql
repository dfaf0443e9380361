-- The installation's own key, made by whoever comes first. What wraps it is the key-encryption key in force: until
-- core.rewrap_keys() changes that, which waits for all who are here, nothing is wrapped by another one.

create or replace function core._instance_key(out wrapped_key bytea, out kek_id text)
language plpgsql
volatile
security definer -- keys are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    kek constant bytea := core._kek();
begin
    insert into core.instance_keys (purpose, wrapped_key, kek_id)
    values ('blind_index', core._seal(extensions.gen_random_bytes(32), kek), core._kek_id(kek))
    on conflict on constraint instance_keys_pkey do nothing;
    select k.wrapped_key, k.kek_id into wrapped_key, kek_id
    from core.instance_keys k
    where k.purpose = 'blind_index'
    for share;
end
$$;

comment on function core._instance_key() is 'The installation''s own key.';

revoke execute on function core._instance_key() from public;
