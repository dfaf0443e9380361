-- Runs a registered job and returns what it says. Only what is registered can be called.

create or replace function ops.run_job(name text)
returns text
language plpgsql
volatile
security definer -- jobs are the platform's own work
set search_path = pg_catalog, pg_temp
as $$
declare
    call text;
    outcome text;
begin
    -- One at a time: a second worker that comes to the same job leaves it to the first.
    if not pg_try_advisory_xact_lock(hashtextextended('ops.run_job ' || run_job.name, 0)) then
        return 'running elsewhere';
    end if;
    select j.call into call from ops.jobs j where j.name = run_job.name and j.enabled;
    if call is null then
        perform core._refuse('not_found', 'job');
    end if;
    execute format('select %s::text', call) into outcome;
    update ops.jobs j set last_run_at = clock_timestamp(), last_outcome = outcome where j.name = run_job.name;
    return outcome;
end
$$;

comment on function ops.run_job(text) is 'Runs a registered job and returns what it says.';

revoke execute on function ops.run_job(text) from public;
grant execute on function ops.run_job(text) to service_role;
