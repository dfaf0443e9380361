-- Counting polls and bringing works back at an isolation at which they would pass over who voted or wrote last.

begin isolation level repeatable read;
set local search_path = tap, tests, public;
select plan(2);

select tests.as_service();
select tests.refused(
    'select content.count_polls()', 'isolation_too_high', 'polls are not counted as they were when it began'
);
select tests.as_nobody();
select tests.refused(
    $$select content._recover('{}', now())$$, 'isolation_too_high', 'nor is a work brought back from what it was then'
);

select * from finish();
rollback;
