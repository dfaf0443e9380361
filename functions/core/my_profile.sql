-- What the platform knows of me, or of somebody I am the guardian of, beyond what others see.

create or replace function core.my_profile(person_id uuid default null)
returns table (id uuid, country_code text, deceased_on date, guardian_id uuid, verified boolean)
language sql
stable
security definer -- these columns are granted to nobody
set search_path = pg_catalog, pg_temp
as $$
    select p.id, p.country_code, p.deceased_on, p.guardian_id, core.is_verified(p.id)
    from core.people p
    where p.id = coalesce(my_profile.person_id, core.me()) and core.acts_for(p.id)
$$;

comment on function core.my_profile(uuid) is
    E'What the platform knows of me, or of somebody I am the guardian of, beyond what others see.\n'
    'person_id: Whose: mine, unless told otherwise.\n'
    'id: The person.\n'
    'country_code: The country they live in, as ISO 3166 has it.\n'
    'deceased_on: The day they died.\n'
    'guardian_id: Who acts for them.\n'
    'verified: Whether their identity was verified.';

revoke execute on function core.my_profile(uuid) from public;
grant execute on function core.my_profile(uuid) to authenticated;
