-- Request counts: nobody reads this table. A server counts through core.count_request().
-- no policy: row level security without one shows no row to anybody but the owner.

alter table core.rate_counters enable row level security;
