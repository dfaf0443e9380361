-- A work that is mine, or of somebody I act for, locked until I am done with it; or a refusal. Where it is about to say
-- something of a person, they are known to its organization and are not forgotten meanwhile.

create or replace function content._my_work(work_id uuid, person_id uuid default null)
returns record -- of content.works, which is built after this
language plpgsql
volatile
security definer -- looks at works the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
    organization_id uuid;
begin
    perform core._require_person();
    if person_id is not null then
        -- Before the work is locked: whoever forgets somebody comes from them to it.
        select w.tenant_id into organization_id
        from content.works w
        where w.id = _my_work.work_id and w.owner_id = any (array(select core.my_people()));
        if organization_id is null then
            perform core._refuse('not_found', 'work of yours');
        end if;
        if not core._knows(organization_id, person_id) then
            perform core._refuse('not_found', 'person');
        end if;
        perform core._require_unerased(person_id);
    end if;
    select w.* into work
    from content.works w
    where w.id = _my_work.work_id and w.owner_id = any (array(select core.my_people()))
    for no key update;
    if work.id is null then
        perform core._refuse('not_found', 'work of yours');
    end if;
    perform core._require_open(work.scope_id);
    return work;
end
$$;

comment on function content._my_work(uuid, uuid) is
    'A work that is mine, locked until I am done with it; or a refusal.';

revoke execute on function content._my_work(uuid, uuid) from public;
