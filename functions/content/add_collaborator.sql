-- Lets somebody into a work that is mine: to comment on it, to review it, or to write its next version. Done again, it
-- changes what they may do.

create or replace function content.add_collaborator(
    work_id uuid,
    person_id uuid,
    capability content.collaborator_capability
)
returns void
language plpgsql
volatile
security definer -- collaborators are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(work_id, person_id);
begin
    if person_id = any (array(select core.my_people())) then
        perform core._refuse('not_on_yourself');
    end if;
    if person_id is null then
        perform core._refuse('not_found', 'person');
    end if;
    insert into content.work_collaborators (tenant_id, work_id, person_id, capability, added_by)
    values (work.tenant_id, work.id, add_collaborator.person_id, add_collaborator.capability, core.me())
    on conflict on constraint work_collaborators_pkey do update set capability = excluded.capability;
end
$$;

comment on function content.add_collaborator(uuid, uuid, content.collaborator_capability) is
    E'Lets somebody into a work that is mine.\n'
    'person_id: Whom.\n'
    'capability: What they may do with it.';

revoke execute on function content.add_collaborator(uuid, uuid, content.collaborator_capability) from public;
grant execute on function content.add_collaborator(uuid, uuid, content.collaborator_capability) to authenticated;
