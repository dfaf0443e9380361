-- A person's own key, made when it is first needed and wrapped by the key-encryption key in force. A destroyed one is
-- not replaced, and none is destroyed while it is in use.

create or replace function core._person_key(person_id uuid)
returns bytea
language plpgsql
volatile
security definer -- keys are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    in_force text;
    held core.person_keys;
begin
    select * into held from core.person_keys k where k.person_id = _person_key.person_id for share;
    if not found then
        -- Before the key, as whoever erases comes from the person to it.
        perform from core.people p where p.id = _person_key.person_id for key share;
        in_force := (core._instance_key()).kek_id;
        insert into core.person_keys (person_id, wrapped_key, kek_id)
        values (
            _person_key.person_id,
            core._seal(extensions.gen_random_bytes(32), core._kek_called(in_force)),
            in_force
        )
        on conflict on constraint person_keys_pkey do nothing;
        select * into held from core.person_keys k where k.person_id = _person_key.person_id for share;
    end if;
    if held.destroyed_at is not null then
        perform core._refuse('secret_destroyed');
    end if;
    return core._unwrap(held.wrapped_key, held.kek_id);
end
$$;

comment on function core._person_key(uuid) is 'A person''s own key.';

revoke execute on function core._person_key(uuid) from public;
