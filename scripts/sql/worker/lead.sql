-- Whether this worker looks for due jobs now; another one may be looking already.
select pg_try_advisory_xact_lock(hashtextextended('empathy worker schedule', 0)) as leads;
