-- Wraps keys anew, after the key-encryption key was replaced: a batch at a time, skipping what others are at.
-- Returns how many are still wrapped by an older one; call it until it says 0. It can stop and go on anywhere.

create or replace function core.rewrap_keys(batch integer default 1000)
returns bigint
language plpgsql
volatile
security definer -- keys are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    kek constant bytea := core._kek();
    kek_now constant text := core._kek_id(kek);
begin
    if core._claims() ->> 'role' is distinct from 'service_role' then
        perform core._refuse('not_permitted', 'platform');
    end if;
    update core.instance_keys k
    set wrapped_key = core._seal(core._unwrap(k.wrapped_key, k.kek_id), kek), kek_id = kek_now
    where k.kek_id <> kek_now;
    with due as (
        select k.person_id
        from core.person_keys k
        where k.kek_id <> kek_now
        limit rewrap_keys.batch
        for no key update skip locked
    )
    update core.person_keys k
    set
        wrapped_key = core._seal(core._unwrap(k.wrapped_key, k.kek_id), kek),
        kek_id = kek_now,
        rewrapped_at = now()
    from due
    where k.person_id = due.person_id;
    return (select count(*) from core.person_keys k where k.kek_id <> kek_now);
end
$$;

comment on function core.rewrap_keys(integer) is
    'Wraps a batch of keys with the present key-encryption key, and returns how many are left.';

revoke execute on function core.rewrap_keys(integer) from public;
grant execute on function core.rewrap_keys(integer) to empathy_keyholder;
