-- Says that a community has to consent to a work as well: the one that it is brought to, or another one of its owner's.
-- Who speaks for the community reads it then. It is not taken off again, as nobody is.

create or replace function consent.add_community(work_id uuid, scope_id uuid)
returns uuid
language plpgsql
volatile
security definer -- parties are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works := content._my_work(work_id);
    party_id uuid;
begin
    if scope_id <> all (core.reach(2))
        or not exists (
            select
            from core.scopes s
            where s.tenant_id = work.tenant_id and s.id = add_community.scope_id and s.level = 2
        )
    then
        perform core._refuse('not_found', 'community of yours');
    end if;
    insert into consent.consent_parties (tenant_id, work_id, scope_id, capacity, added_by)
    values (work.tenant_id, work.id, add_community.scope_id, 'community', core.me())
    returning id into party_id;
    perform consent._recompute(work.tenant_id, array[work.id]);
    return party_id;
exception
    when unique_violation then
        perform core._refuse('already_asked');
        return null;
end
$$;

comment on function consent.add_community(uuid, uuid) is
    E'Says that a community has to consent to a work as well, and returns the id.\n'
    'scope_id: The community.';

revoke execute on function consent.add_community(uuid, uuid) from public;
grant execute on function consent.add_community(uuid, uuid) to authenticated;
