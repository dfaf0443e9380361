-- When each job that runs by itself last ended well, in seconds since 1970.
select j.name, extract(epoch from j.last_run_at)::float8 as ended_at
from ops.jobs j
where j.enabled and j.last_run_at is not null
order by j.name;
