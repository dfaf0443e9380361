-- Computes the materialized views anew. Nobody who reads them waits. One at a time: whoever waits for a view sees what
-- there was before, and would bring that back.

create or replace function insights._refresh()
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('insights._refresh', 0));
    refresh materialized view concurrently insights.platform_insights;
    refresh materialized view concurrently insights.platform_themes;
    refresh materialized view concurrently insights.platform_consents;
    refresh materialized view concurrently insights.contributor_statistics;
end
$$;

comment on function insights._refresh() is 'Computes the materialized views anew.';

revoke execute on function insights._refresh() from public;
