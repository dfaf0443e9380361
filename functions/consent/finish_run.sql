-- Says that a run is done: from then on, what it took from a work cannot be brought back.

create or replace function consent.finish_run(run_id uuid)
returns void
language plpgsql
volatile
security definer -- runs are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    run constant consent.runs := consent._my_run(run_id);
begin
    update consent.runs r set finished_at = now() where r.tenant_id = run.tenant_id and r.id = run.id;
end
$$;

comment on function consent.finish_run(uuid) is 'Says that a run is done.';

revoke execute on function consent.finish_run(uuid) from public;
grant execute on function consent.finish_run(uuid) to authenticated, service_role;
