-- Counts a request against a limit per minute. Returns 0, or the seconds to wait once the limit is passed.

create or replace function core.count_request(bucket text, requests_per_minute integer)
returns integer
language sql
volatile
strict
security definer -- counters are nobody's to write
set search_path = pg_catalog, pg_temp
as $$
    insert into core.rate_counters as c (bucket, minute, hits)
    values (count_request.bucket, date_trunc('minute', clock_timestamp(), 'UTC'), 1)
    on conflict on constraint rate_counters_pkey do update set hits = c.hits + 1
    returning case
        when c.hits <= count_request.requests_per_minute then 0
        else 60 - floor(extract(second from clock_timestamp()))::integer
    end
$$;

comment on function core.count_request(text, integer) is
    'Counts a request; 0 lets it through, anything else is the seconds to wait.';

revoke execute on function core.count_request(text, integer) from public;
grant execute on function core.count_request(text, integer) to service_role;
