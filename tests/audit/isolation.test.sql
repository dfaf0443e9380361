-- Above read committed a transaction does not see what others wrote while it ran: nothing is sealed by what it sees.

begin transaction isolation level repeatable read;
set local search_path = tap, tests, public;
select plan(3);

select tests.as_service();
select tests.refused(call, 'isolation_too_high', promise)
from (
    values
        ('select audit.seal()', 'nothing is sealed in a transaction that does not see what others wrote'),
        ('select audit.begin_era(''restored'')', 'nor does an era begin'),
        ('select audit.archive_month(''2001-01-01'')', 'nor is a month put away')
) as v (call, promise);
select tests.as_nobody();
select * from finish();
rollback;
