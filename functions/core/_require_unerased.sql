-- A person is not erased, and will not be until this transaction ends: what is written of them does not stay behind.
-- Before anything of theirs is locked, as whoever erases comes from the person to it.

create or replace function core._require_unerased(person_id uuid)
returns void
language plpgsql
volatile
security definer -- looks at people whoever asks may not see
set search_path = pg_catalog, pg_temp
as $$
begin
    perform
    from core.people p
    where p.id = _require_unerased.person_id and p.erased_at is null
    for key share;
    if not found then
        perform core._refuse('not_found', 'person');
    end if;
end
$$;

comment on function core._require_unerased(uuid) is 'Refuses a person who was erased.';

revoke execute on function core._require_unerased(uuid) from public;
