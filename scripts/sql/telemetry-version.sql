-- The version of the package that last migrated here.
select package_version
from ops.migration_telemetry
where error is null
order by started_at desc
limit 1
