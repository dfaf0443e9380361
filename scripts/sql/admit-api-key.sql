-- Admits the key with this hash and counts the request against its limit; 0 seconds to wait lets it through.
with admitted as materialized (
    select core.authenticate_api_key($1) as claims
)
select
    a.claims,
    core.count_request('api_key ' || (a.claims ->> 'api_key'), (a.claims ->> 'requests_per_minute')::integer)
        as wait_seconds
from admitted a;
