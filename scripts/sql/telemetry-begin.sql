-- A migration begins: its name, direction, the package's version, the instant.
insert into ops.migration_telemetry (name, direction, package_version, started_at)
values ($1, $2, $3, $4)
