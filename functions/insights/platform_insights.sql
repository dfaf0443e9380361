-- What was told on the whole platform, month by month: for everybody.

create or replace function insights.platform_insights(since date default null, until date default null)
returns table (
    month date,
    kind text,
    unique_storytellers bigint,
    total_stories bigint,
    avg_engagement numeric,
    withheld boolean,
    released_at timestamptz
)
language sql
stable
security definer -- figures are read through functions alone
set search_path = pg_catalog, pg_temp
as $$
    select
        t.month, t.kind, insights._rounded(t.people, t.people), insights._rounded(t.items, t.people),
        insights._engagement(t.comments, t.reactions, t.items), t.withheld, t.released_at
    from insights._told(null, since, until) t
    order by t.month, t.kind
$$;

comment on function insights.platform_insights(date, date) is
    E'What was told on the whole platform, month by month.\n'
    'since: The first month; a year of months, unless told otherwise.\n'
    'until: The last month; the last that is over, unless told otherwise.\n'
    'month: The month, by its first day.\n'
    'kind: Of which kind of works; none, where there is nothing to tell.\n'
    'unique_storytellers: How many people told, each counted once in each organization; to the nearest five.\n'
    'total_stories: How many works of theirs were first published then; to the nearest five.\n'
    'avg_engagement: Three times the comments, and the reactions, for each work; in two figures.\n'
    'withheld: Whether something is left out since the release, as somebody took back their consent.\n'
    'released_at: When these figures were released; none, where they were not yet.';

revoke execute on function insights.platform_insights(date, date) from public;
grant execute on function insights.platform_insights(date, date) to anon, authenticated, service_role;
