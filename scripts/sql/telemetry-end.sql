-- It stopped: with $5 rows touched, or with the error $6. It is over, unless $7 says that somebody has to look.
update ops.migration_telemetry
set
    rows_touched = $5,
    error = $6,
    finished_at = case when $7 then clock_timestamp() end
where name = $1 and direction = $2 and package_version = $3 and started_at = $4
