-- Jobs in the queue that fail, or wait although they could run.
select
    q.key,
    q.attempts,
    q.max_attempts,
    q.last_error,
    q.run_at,
    q.last_error is null as waits
from graphile_worker.jobs q
where q.last_error is not null
    or (q.locked_at is null and q.run_at < now() - interval '5 minutes')
order by q.run_at;
