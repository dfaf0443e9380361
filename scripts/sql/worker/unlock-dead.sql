-- Gives back what a worker held that was killed: locked in the queue for a while, yet nobody is running it.
-- Whoever runs a job holds the advisory lock that ops.run_job() takes.
select graphile_worker.force_unlock_workers(array_agg(q.locked_by))
from graphile_worker.jobs q
where q.key ^@ 'ops.jobs:'
    and q.locked_at < now() - interval '15 seconds'
    and not exists (
        select
        from pg_locks l
        where l.locktype = 'advisory'
            and l.database = (select d.oid from pg_database d where d.datname = current_database())
            and (l.classid::bigint << 32) + l.objid::bigint
                = hashtextextended('ops.run_job ' || substr(q.key, length('ops.jobs:') + 1), 0)
    )
having count(*) > 0;
