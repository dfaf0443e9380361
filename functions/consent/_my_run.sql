-- A run that is still going on, of whoever manages agreements where its own was signed, or of a server; locked until I
-- am done with it. Or a refusal.

create or replace function consent._my_run(run_id uuid)
returns record -- of consent.runs, which is built after this
language plpgsql
volatile
security definer -- looks at runs the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    run consent.runs;
begin
    select r.* into run
    from consent.runs r
    where r.id = _my_run.run_id and (core._is_service() or core.can('agreement.manage', r.scope_id))
    for no key update;
    if run.id is null then
        perform core._refuse('not_found', 'run');
    end if;
    if run.finished_at is not null or run.halted_at is not null then
        perform core._refuse('run_over');
    end if;
    return run;
end
$$;

comment on function consent._my_run(uuid) is 'A run that is still going on, locked.';

revoke execute on function consent._my_run(uuid) from public;
