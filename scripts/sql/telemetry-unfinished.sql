-- Migrations that began and never ended.
select id, name, direction
from ops.migration_telemetry
where finished_at is null and direction <> 'backfill'
order by started_at
