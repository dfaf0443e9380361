-- Every migration that was run here: when it began and ended, what it touched, how it failed.

create table ops.migration_telemetry (
    id uuid not null default core.new_id(),
    name text not null,
    direction text not null default 'up',
    package_version text not null,
    started_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    rows_touched bigint,
    resume_token text,
    error text,
    constraint migration_telemetry_pkey primary key (id),
    constraint migration_telemetry_direction_check check (direction in ('up', 'down', 'backfill')),
    constraint migration_telemetry_finished_at_check check (finished_at >= started_at)
);

create index migration_telemetry_name_started_at_idx on ops.migration_telemetry (name, started_at);

comment on table ops.migration_telemetry is 'Every migration that was run here.';
comment on column ops.migration_telemetry.id is 'The id.';
comment on column ops.migration_telemetry.name is 'The migration.';
comment on column ops.migration_telemetry.direction is 'Up, down, or a backfill.';
comment on column ops.migration_telemetry.package_version is 'The version of the package that ran it.';
comment on column ops.migration_telemetry.started_at is 'When it began.';
comment on column ops.migration_telemetry.finished_at is
    'When it ended; null while it runs, or if it was cut off.';
comment on column ops.migration_telemetry.rows_touched is 'How many rows it wrote, where it counts them.';
comment on column ops.migration_telemetry.resume_token is 'Where a backfill goes on.';
comment on column ops.migration_telemetry.error is 'How it failed: the message, without data.';
