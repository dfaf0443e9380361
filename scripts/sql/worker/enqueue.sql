-- Puts jobs into the queue, one row each. Eight attempts take about half an hour.
select graphile_worker.add_job(
    $1, json_build_object('name', due.name), job_key => 'ops.jobs:' || due.name, max_attempts => 8
)
from unnest($2::text[]) as due (name);
