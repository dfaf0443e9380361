-- What works brought in, and what people got when something was shared, month by month and by asset: of a place,
-- project or organization, for whoever belongs there, or was given that to read. Assets do not add up, nor do those of
-- two organizations.

create or replace function insights.community_impact(
    scope_id uuid,
    since date default null,
    until date default null
)
returns table (
    month date,
    asset text,
    value_generated bigint,
    value_distributed bigint,
    recipients bigint,
    inequality numeric,
    withheld boolean,
    released_at timestamptz
)
language plpgsql
stable
security definer -- figures are read through functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform insights._require_node(scope_id, '{0,1,2}');
    return query
    with withheld as (
        select w.month, w.kind as asset, sum(w.amount)::bigint as amount
        from insights.withheld w
        where w.board = 'earned' and w.scope_id = community_impact.scope_id
        group by w.month, w.kind
    )
    select
        m.month, i.asset, nullif(insights._two_figures(i.earned - coalesce(w.amount, 0)), 0)::bigint,
        insights._two_figures(i.shared)::bigint, insights._rounded(i.recipients, i.recipients),
        round(i.spread / nullif(i.recipients, 0) / 1000000.0, 2), w.month is not null, m.released_at
    from insights._months(community_impact.scope_id, since, until) m
    left join insights.community_impact i on i.month = m.month and i.scope_id = community_impact.scope_id
    left join withheld w on w.month = i.month and w.asset = i.asset
    order by m.month, i.asset;
end
$$;

comment on function insights.community_impact(uuid, date, date) is
    E'What works brought in, and what people got when something was shared, month by month and by asset.\n'
    'scope_id: The place, project or organization.\n'
    'since: The first month; a year of months, unless told otherwise.\n'
    'until: The last month; the last that is over, unless told otherwise.\n'
    'month: The month, by its first day.\n'
    'asset: Of what; none, where there is nothing to tell.\n'
    'value_generated: How much works brought in, in two figures.\n'
    'value_distributed: How much people got, in two figures.\n'
    'recipients: How many people got something; to the nearest five.\n'
    'inequality: How unequal their shares are: the Gini coefficient, 0 where all got the same.\n'
    'withheld: Whether something is left out since the release, as somebody took back their consent.\n'
    'released_at: When these figures were released; none, where they were not yet.';

revoke execute on function insights.community_impact(uuid, date, date) from public;
grant execute on function insights.community_impact(uuid, date, date) to authenticated, service_role;
