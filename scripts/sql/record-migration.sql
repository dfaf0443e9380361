-- Says in graphile-migrate's record that a migration has run here.
insert into graphile_migrate.migrations (hash, previous_hash, filename)
values ($1, $2, $3)
