-- Telemetry of migrations: what a row may say, and who reads it.

begin;
set local search_path = tap, tests, public;
select plan(13);

insert into ops.migration_telemetry (name, package_version) values ('000001-first.sql', '0.1.0');
select results_eq(
    $$select direction, started_at <= clock_timestamp(), finished_at, rows_touched, resume_token, error
    from ops.migration_telemetry
    where name = '000001-first.sql'$$,
    $$values ('up', true, null::timestamptz, null::bigint, null::text, null::text)$$,
    'a migration that runs has begun, and not ended'
);
select ok(started_at >= now(), 'its beginning is the time on the wall, not that of the transaction')
from ops.migration_telemetry
where name = '000001-first.sql';
select lives_ok(
    format(
        $$insert into ops.migration_telemetry (name, direction, package_version) values ('x', %L, '0.1.0')$$, direction
    ),
    format('a migration may go %s', direction)
)
from unnest('{up,down,backfill}'::text[]) direction;
select lives_ok(
    $$update ops.migration_telemetry
    set finished_at = started_at, rows_touched = 3000000000, resume_token = 'row 7', error = 'lock timeout'$$,
    'it may end at once, and say how many rows it wrote, where it stopped, and why'
);

-- Who reads it.
select tests.as('ann');
select throws_ok($$select from ops.migration_telemetry$$, '42501', null, 'people do not read it');
select tests.backend_reads('ops.migration_telemetry');
select is(
    tests.access('ops.migration_telemetry'), '{select to empathy_auditor,select to service_role}',
    'it is written by whoever migrates alone'
);
grant select on ops.migration_telemetry to authenticated;
select tests.as('ann');
select is_empty($$select from ops.migration_telemetry$$, 'were it granted, no row would show');
select tests.as_nobody();
revoke select on ops.migration_telemetry from authenticated;

-- What the table refuses, whoever writes.
select tests.violates(tests.variant('ops.migration_telemetry', changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'migration_telemetry_pkey', 'a run is one row'),
        (
            '{"direction": "sideways"}',
            'migration_telemetry_direction_check', 'a migration goes up, down or back to fill'
        ),
        ('{"finished_at": "1999-01-01"}', 'migration_telemetry_finished_at_check', 'nothing ends before it began')
) as v (changes, constraint_name, promise);

select * from finish();
rollback;
