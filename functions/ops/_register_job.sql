-- Declares something that has to run by itself, and when. The worker reads this list; pg_cron or a person can, too.

create or replace function ops._register_job(name text, module text, call text, schedule text, description text)
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    insert into ops.jobs (name, module, call, schedule, description)
    values (
        _register_job.name, _register_job.module, _register_job.call, _register_job.schedule, _register_job.description
    )
    on conflict on constraint jobs_pkey do update
    set
        module = excluded.module, call = excluded.call,
        schedule = excluded.schedule, description = excluded.description
$$;

comment on function ops._register_job(text, text, text, text, text) is
    'Declares a job: what to call, and when.';

revoke execute on function ops._register_job(text, text, text, text, text) from public;
