-- The migration of row $1 is over: with the error it has, else for the reason $2.
update ops.migration_telemetry
set finished_at = clock_timestamp(), error = coalesce(error, $2)
where id = $1
