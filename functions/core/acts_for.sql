-- Whether I may act for a person: it is me, or I am their guardian.

create or replace function core.acts_for(person_id uuid)
returns boolean
language sql
stable
strict
security definer -- guardianship is not for everybody to read
set search_path = pg_catalog, pg_temp
as $$
    select acts_for.person_id in (select core.my_people())
$$;

comment on function core.acts_for(uuid) is
    E'Whether I may act for a person: myself, or someone I am the guardian of.\n'
    'person_id: The person.';

revoke execute on function core.acts_for(uuid) from public;
grant execute on function core.acts_for(uuid) to authenticated, service_role, empathy_keyholder;
