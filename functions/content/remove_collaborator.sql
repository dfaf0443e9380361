-- Takes somebody off a work again: its owner, or whoever wants to leave.

create or replace function content.remove_collaborator(work_id uuid, person_id uuid)
returns void
language plpgsql
volatile
security definer -- collaborators are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_person();
    delete from content.work_collaborators c
    using content.works w
    where w.id = remove_collaborator.work_id
        and c.tenant_id = w.tenant_id
        and c.work_id = w.id
        and c.person_id = remove_collaborator.person_id
        and (
            w.owner_id = any (array(select core.my_people()))
            or c.person_id = any (array(select core.my_people()))
        );
    if not found then
        perform core._refuse('not_found', 'collaborator');
    end if;
end
$$;

comment on function content.remove_collaborator(uuid, uuid) is
    E'Takes somebody off a work again.\n'
    'person_id: Whom.';

revoke execute on function content.remove_collaborator(uuid, uuid) from public;
grant execute on function content.remove_collaborator(uuid, uuid) to authenticated;
