-- A work that I may write on, locked until I am done with it: mine, or one that I help to write where everyone
-- consented to that; or a refusal.

create or replace function content._work_to_write(work_id uuid)
returns record -- of content.works, which is built after this
language plpgsql
volatile
security definer -- looks at works the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
begin
    perform core._require_person();
    select w.* into work
    from content.works w
    where w.id = _work_to_write.work_id
        and (
            w.owner_id = any (array(select core.my_people()))
            or exists (
                select
                from content.work_collaborators c
                where c.tenant_id = w.tenant_id
                    and c.work_id = w.id
                    and c.person_id = any (array(select core.my_people()))
                    and c.capability = 'edit'
                    and c.work_id in (select content.involving_me())
            )
        )
    for no key update;
    if work.id is null then
        perform core._refuse('not_found', 'work for you to write');
    end if;
    perform core._require_open(work.scope_id);
    if work.scope_id in (select core.barred('create')) then
        perform core._refuse('barred', 'create');
    end if;
    if work.owner_id <> all (array(select core.my_people())) and not consent.allows(work.id, 'modification') then
        perform core._refuse('consent_missing', 'modification');
    end if;
    return work;
end
$$;

comment on function content._work_to_write(uuid) is
    'A work that I may write on, locked until I am done with it; or a refusal.';

revoke execute on function content._work_to_write(uuid) from public;
