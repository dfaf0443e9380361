-- What people decided about the use of their works, month by month and by purpose: of a place, project or organization,
-- for whoever belongs there, or was given that to read; of the platform, for everybody.

create or replace function insights.consent_health(
    scope_id uuid default null,
    since date default null,
    until date default null
)
returns table (
    month date,
    purpose text,
    given bigint,
    refused bigint,
    withdrawn bigint,
    released_at timestamptz
)
language plpgsql
stable
security definer -- figures are read through functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    if scope_id is not null then
        perform insights._require_node(scope_id, '{0,1,2}');
    end if;
    return query
    with released as (
        select h.month, h.purpose, h.given, h.refused, h.withdrawn
        from insights.consent_health h
        where h.scope_id = consent_health.scope_id
        union all
        select p.month, p.purpose, p.given, p.refused, p.withdrawn
        from insights.platform_consents p
        where consent_health.scope_id is null
    )
    select
        m.month, h.purpose, insights._rounded(h.given, h.given), insights._rounded(h.refused, h.refused),
        insights._rounded(h.withdrawn, h.withdrawn), m.released_at
    from insights._months(consent_health.scope_id, since, until) m
    left join released h on h.month = m.month
    order by m.month, h.purpose;
end
$$;

comment on function insights.consent_health(uuid, date, date) is
    E'What people decided about the use of their works, month by month and by purpose.\n'
    'scope_id: The place, project or organization; the platform, unless told otherwise.\n'
    'since: The first month; a year of months, unless told otherwise.\n'
    'until: The last month; the last that is over, unless told otherwise.\n'
    'month: The month, by its first day.\n'
    'purpose: What for; none, where there is nothing to tell.\n'
    'given: How often somebody consented, to the nearest five; none, where too few did.\n'
    'refused: How often somebody refused, to the nearest five; none, where too few did.\n'
    'withdrawn: How often somebody took back their consent, to the nearest five; none, where too few did.\n'
    'released_at: When these figures were released; none, where they were not yet.';

revoke execute on function insights.consent_health(uuid, date, date) from public;
grant execute on function insights.consent_health(uuid, date, date) to anon, authenticated, service_role;
