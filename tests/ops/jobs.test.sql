-- Jobs: what has to run is in one list; only that can be run, by servers alone; each keeps how it last ended.

begin;
set local search_path = tap, tests, public;
select plan(35);

select ops._register_job('count_lanterns', 'core', 'core.new_id()', 'every 5 minutes', 'Counts lanterns.');

-- The list.
select isnt_empty(
    $$select from ops.jobs where name = 'forget_requests'$$, 'past request counts are forgotten by a job'
);
select is_empty(
    $$select name, call from ops.jobs where to_regproc(split_part(call, '(', 1)) is null$$,
    'every job calls a function that exists'
);
select is_empty(
    $$select name, call from ops.jobs
    where split_part(call, '.', 1) not in (select module from core.platform_modules)$$,

    'of a module of the platform'
);
update ops.jobs
set enabled = false, last_run_at = '2026-01-01', last_outcome = 'seven'
where name = 'count_lanterns';
select ops._register_job('count_lanterns', 'ops', 'core.me()', '0 3 * * 1', 'Counts them anew.');
select results_eq(
    $$select module, call, schedule, description, enabled, last_run_at, last_outcome
    from ops.jobs
    where name = 'count_lanterns'$$,
    $$values ('ops', 'core.me()', '0 3 * * 1', 'Counts them anew.', false, timestamptz '2026-01-01', 'seven')$$,
    'to register a job again changes what it is, and neither whether it runs nor how it went'
);

-- Running.
insert into core.rate_counters (bucket, minute, hits) values ('old', timestamptz '2026-01-01 00:00Z', 1);
delete from core.rate_counters where bucket <> 'old';
select tests.as_service();
select is(ops.run_job('forget_requests'), '1', 'a server runs a job, and hears what it says');
select results_eq(
    $$select last_outcome, last_run_at > now() from ops.jobs where name = 'forget_requests'$$,
    $$values ('1', true)$$,
    'a job keeps how it last ended, and when'
);
select is(ops.run_job('forget_requests'), '0', 'a job can be run again at once');
select tests.refused($$select ops.run_job('count_lanterns')$$, 'not_found', 'a job that is switched off does not run');
select tests.refused($$select ops.run_job('count_kites')$$, 'not_found', 'only what is registered runs');
select tests.refused(
    $$select ops.run_job('core.forget_requests()')$$, 'not_found', 'a job runs by its name, not by what it calls'
);
select tests.as_nobody();
update ops.jobs set enabled = true, call = 'core.nothing()' where name = 'count_lanterns';
select tests.as_service();
select throws_ok(
    $$select ops.run_job('count_lanterns')$$, '42883', null, 'a job that fails says so'
);
select results_eq(
    $$select last_outcome from ops.jobs where name = 'count_lanterns'$$, $$values ('seven')$$,
    'and keeps how it last ended well'
);

-- Who runs and registers.
select tests.as('ann');
select throws_ok($$select ops.run_job('forget_requests')$$, '42501', null, 'people run no jobs');
select throws_ok($$select from ops.jobs$$, '42501', null, 'nor read which there are');
select tests.backend_reads('ops.jobs');
select is(
    tests.access('ops.jobs'), '{select to empathy_auditor,select to service_role}',
    'jobs are registered by migrations and seeds alone'
);
select is_empty(
    format(
        $$select where has_function_privilege(%L, 'ops._register_job(text, text, text, text, text)', 'execute')$$, who
    ),
    format('%s registers none', who)
)
from unnest('{anon,authenticated,service_role,empathy_auditor,empathy_keyholder}'::text[]) who;
grant select on ops.jobs to authenticated;
select tests.as('ann');
select is_empty($$select from ops.jobs$$, 'were they granted, no row would show');
select tests.as_nobody();
revoke select on ops.jobs from authenticated;

-- What the table refuses, whoever writes.
select tests.violates(
    tests.variant('ops.jobs', '{"name": "count_kites"}' || changes,
    'name = ''count_lanterns'''), constraint_name, promise
)
from (
    values
        ('{"name": "count_lanterns"}'::jsonb, 'jobs_pkey', 'a job is listed once'),
        ('{"module": "ballroom"}', 'jobs_module_fkey', 'a job belongs to a module'),
        ('{"name": "Count kites"}', 'jobs_name_check', 'a job has a plain name'),
        ('{"call": "core.me(); drop table core.people"}', 'jobs_call_check', 'a job calls one function'),
        ('{"call": "me()"}', 'jobs_call_check', 'of a schema'),
        ('{"call": "core.setting(1)"}', 'jobs_call_check', 'without arguments'),
        ('{"schedule": "sometimes"}', 'jobs_schedule_check', 'a job runs at times that can be told'),
        ('{"schedule": "every 0 minutes"}', 'jobs_schedule_check', 'and not all the time'),
        ('{"schedule": "every 5 moons"}', 'jobs_schedule_check', 'nor by the moon'),
        ('{"schedule": "0 3 * *"}', 'jobs_schedule_check', 'five fields tell a time')
) as v (changes, constraint_name, promise);
select lives_ok(
    tests.variant(
        'ops.jobs', jsonb_build_object('name', 'count_' || letter, 'schedule', schedule), 'name = ''count_lanterns'''
    ),
    format('a job may run %s', schedule)
)
from (values ('a', 'every 1 second'), ('b', 'every 90 minutes'), ('c', '*/5 0-6 1,15 * *')) as v (letter, schedule);

select * from finish();
rollback;
