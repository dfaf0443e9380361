-- Above read committed a transaction does not see what others did while it waited: what counts on that is refused.

begin transaction isolation level repeatable read;
set local search_path = tap, tests, public;
select plan(3);

select tests.refused(
    $$select tests.world()$$,
    'isolation_too_high', 'nothing is counted in a transaction that does not see what others counted'
);
select tests.as_service();
select tests.refused(
    $$select core.set_quota(gen_random_uuid(), 'seats', 1)$$,
    'isolation_too_high', 'nothing is limited by a count that may be out of date'
);
select tests.as('max');
select tests.refused(
    $$select core.unlink_identity('https://tests.example', 'max')$$,
    'isolation_too_high', 'no login is given up by somebody who does not see that another is gone'
);
select tests.as_nobody();
select * from finish();
rollback;
