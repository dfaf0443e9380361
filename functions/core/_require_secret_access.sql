-- Secrets are a person's own, and their guardian's; a server may ask for them in nobody's name but its own.

create or replace function core._require_secret_access(person_id uuid)
returns void
language plpgsql
stable
security definer -- guardianship is not for everybody to read
set search_path = pg_catalog, pg_temp
as $$
begin
    if not coalesce(core.acts_for(person_id), false) and core._claims() ->> 'role' is distinct from 'service_role' then
        perform core._refuse('not_yours', 'secret');
    end if;
end
$$;

comment on function core._require_secret_access(uuid) is
    'Refuses whoever may not open the secrets of a person.';

revoke execute on function core._require_secret_access(uuid) from public;
