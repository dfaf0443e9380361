-- Writes down that something came of a work in a run. The module that keeps what it says calls this, and refers to it.

create or replace function consent._record_result(run_id uuid, work_id uuid, kind text)
returns uuid
language plpgsql
volatile
security definer -- results are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    result_id uuid;
begin
    -- Whoever takes the work back waits, or was waited for: nothing comes of what is taken back.
    perform from consent.runs r where r.id = _record_result.run_id for no key update;
    insert into consent.results (tenant_id, run_id, work_id, kind)
    select h.tenant_id, h.run_id, h.work_id, _record_result.kind
    from consent.run_works h
    where h.run_id = _record_result.run_id and h.work_id = _record_result.work_id and h.stands
    returning id into result_id;
    if result_id is null then
        perform core._refuse('not_found', 'work in this run');
    end if;
    return result_id;
end
$$;

comment on function consent._record_result(uuid, uuid, text) is 'Writes down that something came of a work in a run.';

revoke execute on function consent._record_result(uuid, uuid, text) from public;
