-- What was told of, month by month: of a place, project or organization, for whoever belongs there, or was given that
-- to read; of the platform, for everybody. Only of works that everyone agrees may be analysed by a machine.

create or replace function insights.theme_trends(
    scope_id uuid default null,
    since date default null,
    until date default null
)
returns table (
    month date,
    kind text,
    theme text,
    storytellers bigint,
    stories bigint,
    withheld boolean,
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
    with withheld as (
        select w.month, w.kind, w.topic, sum(w.people)::bigint as people, sum(w.items)::bigint as items
        from insights.withheld w
        where w.scope_id = coalesce(theme_trends.scope_id, w.tenant_id)
        group by w.month, w.kind, w.topic
    ),
    released as (
        select t.month, t.kind, t.topic, t.people, t.items
        from insights.theme_trends t
        where t.scope_id = theme_trends.scope_id
        union all
        select p.month, p.kind, p.topic, p.people, p.items
        from insights.platform_themes p
        where theme_trends.scope_id is null
    ),
    told as (
        select
            t.month, t.kind, t.topic, t.people - coalesce(w.people, 0) as people,
            t.items - coalesce(w.items, 0) as items, w.month is not null as withheld
        from released t
        left join withheld w on (w.month, w.kind, w.topic) = (t.month, t.kind, t.topic)
    )
    select
        m.month, t.kind, t.topic, insights._rounded(t.people, t.people), insights._rounded(t.items, t.people),
        coalesce(t.withheld, false), m.released_at
    from insights._months(theme_trends.scope_id, theme_trends.since, theme_trends.until) m
    left join told t on t.month = m.month
    order by m.month, t.kind, insights._rounded(t.people, t.people) desc nulls last, t.topic;
end
$$;

comment on function insights.theme_trends(uuid, date, date) is
    E'What was told of, month by month.\n'
    'scope_id: The place, project or organization; the platform, unless told otherwise.\n'
    'since: The first month; a year of months, unless told otherwise.\n'
    'until: The last month; the last that is over, unless told otherwise.\n'
    'month: The month, by its first day.\n'
    'kind: Of which kind of works; none, where there is nothing to tell.\n'
    'theme: What they are about most.\n'
    'storytellers: How many people told of it, each counted where they told most; to the nearest five.\n'
    'stories: How many works are about it; to the nearest five.\n'
    'withheld: Whether something is left out since the release, as somebody took back their consent.\n'
    'released_at: When these figures were released; none, where they were not yet.';

revoke execute on function insights.theme_trends(uuid, date, date) from public;
grant execute on function insights.theme_trends(uuid, date, date) to anon, authenticated, service_role;
