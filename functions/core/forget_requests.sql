-- Forgets the minutes that no rate limit asks for any more.

create or replace function core.forget_requests()
returns bigint
language sql
volatile
security definer -- counters are nobody's to write
set search_path = pg_catalog, pg_temp
as $$
    with forgotten as (
        delete from core.rate_counters c where c.minute < now() - interval '10 minutes' returning 1
    )
    select count(*) from forgotten
$$;

comment on function core.forget_requests() is
    'Forgets the request counts of past minutes, and returns how many.';

revoke execute on function core.forget_requests() from public;
grant execute on function core.forget_requests() to service_role;
