-- Writes down that something came of a work in a run, as long as everyone consents to that at this moment. The module
-- that keeps what it says calls this, and refers to it.

create or replace function consent._record_result(run_id uuid, work_id uuid, kind text)
returns uuid
language plpgsql
volatile
security definer -- results are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    run consent.runs;
    result_id uuid;
begin
    -- Whoever takes the work back waits, or was waited for: nothing comes of what is taken back.
    select r.* into run from consent.runs r where r.id = _record_result.run_id for no key update;
    -- Consent may have ended by itself, and nobody taken it back yet.
    if run.id in (
        select l.run_id from consent._lapsed(run.tenant_id, array[_record_result.work_id]) l
    ) then
        perform core._refuse('consent_missing', run.purpose);
    end if;
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
