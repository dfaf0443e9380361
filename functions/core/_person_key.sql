-- A person's own key, made when it is first needed. A destroyed one is not replaced.

create or replace function core._person_key(person_id uuid)
returns bytea
language plpgsql
volatile
security definer -- keys are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    kek constant bytea := core._kek();
    held core.person_keys;
begin
    insert into core.person_keys (person_id, wrapped_key, kek_id)
    values (_person_key.person_id, core._seal(extensions.gen_random_bytes(32), kek), core._kek_id(kek))
    on conflict on constraint person_keys_pkey do nothing;
    select * into held from core.person_keys k where k.person_id = _person_key.person_id for key share;
    if held.destroyed_at is not null then
        perform core._refuse('secret_destroyed');
    end if;
    return core._unwrap(held.wrapped_key, held.kek_id);
end
$$;

comment on function core._person_key(uuid) is 'A person''s own key.';

revoke execute on function core._person_key(uuid) from public;
