-- The months that somebody asks for, the last twelve unless told otherwise, and when the figures of each were last
-- released.

create or replace function insights._months(scope_id uuid, since date, until date)
returns table (month date, released_at timestamptz)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    last_month constant date := date_trunc('month', coalesce(until, now() at time zone 'UTC' - interval '1 month'));
    first_month constant date := date_trunc('month', coalesce(since, last_month - interval '11 months'));
begin
    if first_month > last_month or first_month < last_month - interval '10 years' then
        perform core._refuse('no_such_months');
    end if;
    return query
    with released as (
        select max(r.month) as through, max(r.released_at) as at
        from insights.releases r
        where _months.scope_id is null
            or r.tenant_id = (select s.tenant_id from core.scopes s where s.id = _months.scope_id)
    )
    select m.month::date, case when m.month <= r.through then r.at end
    from released r
    cross join generate_series(first_month::timestamp, last_month, interval '1 month') m (month);
end
$$;

comment on function insights._months(uuid, date, date) is
    'The months that somebody asks for, and when the figures of each were last released.';

revoke execute on function insights._months(uuid, date, date) from public;
