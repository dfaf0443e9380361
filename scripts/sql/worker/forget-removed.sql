-- Takes jobs out of the queue that are registered no more, or switched off.
select graphile_worker.complete_jobs(array_agg(q.id))
from graphile_worker.jobs q
where q.key ^@ 'ops.jobs:'
    and q.locked_at is null
    and not exists (select from ops.jobs j where j.enabled and q.key = 'ops.jobs:' || j.name)
having count(*) > 0;
