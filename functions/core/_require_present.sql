-- A person is there: neither erased nor turned out to be somebody else, and will not be until this transaction ends.

create or replace function core._require_present(person_id uuid)
returns void
language plpgsql
volatile
security definer -- looks at people whoever asks may not see
set search_path = pg_catalog, pg_temp
as $$
begin
    perform
    from core.people p
    where p.id = _require_present.person_id and p.erased_at is null and p.merged_into is null
    for key share;
    if not found then
        perform core._refuse('not_found', 'person');
    end if;
end
$$;

comment on function core._require_present(uuid) is 'Refuses a person who was erased or merged.';

revoke execute on function core._require_present(uuid) from public;
