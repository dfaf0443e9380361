-- Opens a restricted work for me, and says until when. It can be read in the next transaction, once this is committed:
-- what was opened is known then.

create or replace function consent.open_work(work_id uuid)
returns timestamptz
language plpgsql
volatile
security definer -- openings are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
begin
    perform core._require_person();
    select w.* into work
    from content.works w
    where w.id = open_work.work_id
        and w.protocol_set_id is not null
        and w.id in (select content.visible(array[w.id]))
        and w.id not in (select consent.asking_me());
    if work.id is null then
        perform core._refuse('not_found', 'work for you to open');
    end if;
    return consent._open_set(work.tenant_id, work.id, work.protocol_set_id);
end
$$;

comment on function consent.open_work(uuid) is 'Opens a restricted work for me, and says until when.';

revoke execute on function consent.open_work(uuid) from public;
grant execute on function consent.open_work(uuid) to authenticated;
