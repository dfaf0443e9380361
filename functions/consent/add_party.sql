-- Says that somebody else has to consent to a work as well: somebody who tells it with its owner, or who is seen in
-- it. Until they do, nobody else may read it. Nobody is taken off again: that would be a way around their no.

create or replace function consent.add_party(work_id uuid, person_id uuid, capacity consent.party_capacity)
returns uuid
language plpgsql
volatile
security definer -- parties are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works := content._my_work(work_id, person_id);
    party_id uuid;
begin
    if capacity = 'community' or person_id is null then
        perform core._refuse('not_found', 'person');
    end if;
    insert into consent.consent_parties (tenant_id, work_id, person_id, capacity, added_by)
    values (work.tenant_id, work.id, add_party.person_id, add_party.capacity, core.me())
    returning id into party_id;
    perform consent._recompute(work.tenant_id, array[work.id]);
    return party_id;
exception
    when unique_violation then
        perform core._refuse('already_asked');
        return null;
end
$$;

comment on function consent.add_party(uuid, uuid, consent.party_capacity) is
    E'Says that somebody else has to consent to a work as well, and returns the id.\n'
    'person_id: Who has to consent as well.\n'
    'capacity: As what.';

revoke execute on function consent.add_party(uuid, uuid, consent.party_capacity) from public;
grant execute on function consent.add_party(uuid, uuid, consent.party_capacity) to authenticated;
