-- Takes works back from the runs that they were handed out to, where consent to the purpose has ended: what came of
-- them goes, runs that are not done are halted, and of those that are it is written down that it cannot be brought
-- back. Whoever calls this has locked the works.

create or replace function consent._recall(tenant_id uuid, work_ids uuid[])
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    recalled integer;
begin
    -- Whoever says that a run is done, or what came of it, was first or waits: what they wrote is looked at after.
    perform
    from consent.runs r
    where r.tenant_id = _recall.tenant_id
        and r.id in (
            select h.run_id
            from consent.run_works h
            where h.tenant_id = _recall.tenant_id and h.work_id = any (_recall.work_ids) and h.stands
        )
    order by r.id
    for no key update;
    with ended as (
        select l.run_id, l.work_id, l.irrevocable from consent._lapsed(_recall.tenant_id, work_ids) l
    ),
    gone as (
        delete from consent.results s
        using ended e
        where s.tenant_id = _recall.tenant_id and s.run_id = e.run_id and s.work_id = e.work_id
    ),
    halted as (
        update consent.runs r
        set halted_at = now()
        where r.tenant_id = _recall.tenant_id
            and r.id in (select e.run_id from ended e)
            and r.finished_at is null
            and r.halted_at is null
    ),
    taken_back as (
        update consent.run_works h
        set recalled_at = now(), irrevocable = e.irrevocable
        from ended e
        where h.tenant_id = _recall.tenant_id and h.run_id = e.run_id and h.work_id = e.work_id
        returning h.run_id, h.work_id, h.irrevocable
    ),
    told as (
        select ops._emit(
            r.tenant_id, r.scope_id, 'run.recalled',
            jsonb_build_object('run_id', t.run_id, 'work_id', t.work_id, 'irrevocable', t.irrevocable)
        )
        from taken_back t
        join consent.runs r on r.tenant_id = _recall.tenant_id and r.id = t.run_id
    )
    select count(*) into recalled from told;
    return recalled;
end
$$;

comment on function consent._recall(uuid, uuid[]) is
    'Takes works back from the runs whose purpose nobody may use them for any more.';

revoke execute on function consent._recall(uuid, uuid[]) from public;
