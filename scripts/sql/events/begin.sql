-- The snapshot from which on a server wants to hear what happens.
select pg_current_snapshot()::text as snapshot, p.era, now() as at
from audit.progress p;
