-- A work that is mine, or of somebody I act for, locked until I am done with it; or a refusal.

create or replace function content._my_work(work_id uuid)
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
    where w.id = _my_work.work_id and w.owner_id = any (array(select core.my_people()))
    for no key update;
    if work.id is null then
        perform core._refuse('not_found', 'work of yours');
    end if;
    perform core._require_open(work.scope_id);
    return work;
end
$$;

comment on function content._my_work(uuid) is 'A work that is mine, locked until I am done with it; or a refusal.';

revoke execute on function content._my_work(uuid) from public;
