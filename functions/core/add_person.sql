-- A person without a login: a teller who has no account, a child with a guardian, someone imported.

create or replace function core.add_person(
    display_name text,
    guardian_id uuid default null,
    locale text default 'en',
    deceased_on date default null
)
returns uuid
language plpgsql
volatile
security definer -- people are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    added uuid;
begin
    if guardian_id is not null then
        perform core._require_present(guardian_id);
    end if;
    insert into core.people (display_name, guardian_id, locale, deceased_on)
    values (btrim(add_person.display_name), add_person.guardian_id, add_person.locale, add_person.deceased_on)
    returning id into added;
    return added;
end
$$;

comment on function core.add_person(text, uuid, text, date) is
    'Adds a person who has no login, and returns their id.';

revoke execute on function core.add_person(text, uuid, text, date) from public;
grant execute on function core.add_person(text, uuid, text, date) to service_role;
