-- Opens a restricted work for me, and says until when. It can be read in the next transaction, once this is committed:
-- what was opened is known then. In the rights of whoever asks, so that the policies of works say what there is to
-- open.

create or replace function consent.open_work(work_id uuid)
returns timestamptz
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    work record;
    open_until timestamptz;
begin
    select w.tenant_id, w.id, w.protocol_set_id into work
    from content.works w
    where w.id = open_work.work_id
        and w.protocol_set_id is not null
        and w.id not in (select consent.asking_me());
    perform content.require_found(work.id);
    insert into consent.openings (tenant_id, work_id, protocol_set_id, person_id)
    values (work.tenant_id, work.id, work.protocol_set_id, core.me())
    returning openings.open_until into open_until;
    return open_until;
end
$$;

comment on function consent.open_work(uuid) is 'Opens a restricted work for me, and says until when.';

revoke execute on function consent.open_work(uuid) from public;
grant execute on function consent.open_work(uuid) to authenticated;
