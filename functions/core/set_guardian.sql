-- Who acts for a person: named by themselves, by their guardian so far, or by a server. Null ends it.

create or replace function core.set_guardian(person_id uuid, guardian_id uuid default null)
returns void
language plpgsql
volatile
security definer -- people are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    if not (coalesce(core.acts_for(person_id), false) or core._is_service()) then
        perform core._refuse('not_yours', 'guardianship');
    end if;
    perform core._require_present(person_id);
    -- Nobody is left in the hands of somebody who is gone.
    if guardian_id is not null then
        perform core._require_present(guardian_id);
    end if;
    update core.people p set guardian_id = set_guardian.guardian_id where p.id = set_guardian.person_id;
end
$$;

comment on function core.set_guardian(uuid, uuid) is
    E'Names who acts for a person; null ends it.\n'
    'person_id: The person who is acted for.\n'
    'guardian_id: Who acts for them; null ends it.';

revoke execute on function core.set_guardian(uuid, uuid) from public;
grant execute on function core.set_guardian(uuid, uuid) to authenticated, service_role;
