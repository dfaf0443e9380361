-- Rate limits: so many requests a minute, counted per bucket, by servers alone; past minutes are forgotten.

begin;
set local search_path = tap, tests, public;
select plan(20);

-- All of it within one minute.
select pg_sleep(61 - second) from extract(second from clock_timestamp()) second where second > 57;
select tests.as_service();
select is(core.count_request('key a', 3), 0, format('request %s of 3 is let through', n)) from generate_series(1, 3) n;
select ok(wait between 1 and 60, 'one more has to wait, for a minute at most')
from (select core.count_request('key a', 3) as wait offset 0) request;
select ok(core.count_request('key a', 3) > 0, 'and so has the next');
select is(core.count_request('key a', 6), 0, 'a limit that was raised lets through what it allows');
select is(core.count_request('key b', 3), 0, 'another bucket counts for itself');
select ok(core.count_request('key c', 0) > 0, 'with a limit of nothing nothing is let through');
select tests.as_nobody();
select is(sum(hits), 6::bigint, 'every request is counted, those refused too')
from core.rate_counters
where bucket = 'key a';
update core.rate_counters set minute = minute - interval '1 minute' where bucket = 'key a';
select tests.as_service();
select is(core.count_request('key a', 3), 0, 'in the next minute the count begins anew');

-- Forgetting.
select tests.as_nobody();
insert into core.rate_counters (bucket, minute, hits)
values
    ('old', date_trunc('minute', now(), 'UTC') - interval '11 minutes', 1),
    ('older', date_trunc('minute', now(), 'UTC') - interval '1 day', 1);
select tests.as_service();
select is(core.forget_requests(), 2::bigint, 'minutes long past are forgotten');
select is(core.forget_requests(), 0::bigint, 'once');
select ok(core.count_request('key b', 1) > 0, 'the present minute is not forgotten');

-- Who counts.
select tests.as('ann');
select throws_ok($$select core.count_request('mine', 1)$$, '42501', null, 'people do not count their own requests');
select throws_ok($$select core.forget_requests()$$, '42501', null, 'people do not forget their own requests');
select tests.as_nobody();
select is(tests.access('core.rate_counters'), '{}', 'nobody reads or writes the counters but by functions');
select ok(
    (select relrowsecurity from pg_class where oid = 'core.rate_counters'::regclass)
    and not exists (select from pg_policy where polrelid = 'core.rate_counters'::regclass),
    'and were they granted, no row would show'
);
select is(
    (select relpersistence::text from pg_class where oid = 'core.rate_counters'::regclass), 'u',
    'counters are not logged: counting is cheap'
);

-- What the table refuses, whoever writes.
select tests.violates(tests.variant('core.rate_counters'), 'rate_counters_pkey', 'a bucket has one count a minute');
select tests.violates(
    tests.variant('core.rate_counters', jsonb_build_object('minute', '2026-01-01 00:00:01Z')),
    'rate_counters_minute_check', 'a minute begins at its first second'
);

select * from finish();
rollback;
