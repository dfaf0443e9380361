-- Counting polls at an isolation at which it would pass over who voted last.

begin isolation level repeatable read;
set local search_path = tap, tests, public;
select plan(1);

select tests.as_service();
select tests.refused(
    'select content.count_polls()', 'isolation_too_high', 'polls are not counted as they were when it began'
);

select * from finish();
rollback;
