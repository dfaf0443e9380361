-- Jobs that are not in the queue. One that failed for good is looked at anew.
select j.name, j.schedule, j.last_run_at, clock_timestamp() as now
from ops.jobs j
where j.enabled
    and not exists (
        select
        from graphile_worker.jobs q
        where q.key = 'ops.jobs:' || j.name and (q.attempts < q.max_attempts or q.locked_at is not null)
    )
order by j.name;
