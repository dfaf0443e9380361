-- A person has died, under every row that turned out to be them. What is theirs stays under the consents they gave; who
-- speaks for it, their community decides.

create or replace function core.record_death(person_id uuid, deceased_on date)
returns void
language plpgsql
volatile
security definer -- people are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    held constant uuid[] := core._hold_people(array[person_id]);
begin
    update core.people p
    set deceased_on = record_death.deceased_on
    where p.id = any (held) and p.erased_at is null;
    if not found then
        perform core._refuse('not_found', 'person');
    end if;
end
$$;

comment on function core.record_death(uuid, date) is
    'Records the day a person died; null takes an error back.';

revoke execute on function core.record_death(uuid, date) from public;
grant execute on function core.record_death(uuid, date) to service_role;
