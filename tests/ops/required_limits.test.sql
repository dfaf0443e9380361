-- What a row cannot do without: every column of ops holds a value, except those listed here.

begin;
set local search_path = tap, tests, public;
select plan(1);

select results_eq(
    $$
    select c.relname::text collate "default", string_agg(a.attname,
        ', ' order by a.attname collate "C") collate "default"
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'ops'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and not a.attnotnull
    group by c.relname
    order by c.relname collate "C"
    $$,
    $$
    values
        ('exports', 'channel, expires_at, halted_at, person_id, ready_at, reason'),
        ('jobs', 'last_outcome, last_run_at'),
        ('legal_holds', 'person_id, released_at, released_by'),
        ('migration_telemetry', 'error, finished_at, resume_token, rows_touched'),
        ('table_classes', 'untold_because, untracked_because')
    $$,
    'only what may be unknown, or has yet to happen, can be left empty'
);

select * from finish();
rollback;
