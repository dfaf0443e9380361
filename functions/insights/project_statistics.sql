-- What was told in a project or an organization, month by month, and what readers did with it: for whoever belongs
-- there, or was given that to read.

create or replace function insights.project_statistics(
    scope_id uuid,
    since date default null,
    until date default null
)
returns table (
    month date,
    kind text,
    contributors bigint,
    works bigint,
    avg_engagement numeric,
    comments bigint,
    reactions bigint,
    views bigint,
    withheld boolean,
    released_at timestamptz
)
language plpgsql
stable
security definer -- figures are read through functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform insights._require_node(scope_id, '{0,1}');
    return query
    select
        t.month, t.kind, insights._rounded(t.people, t.people), insights._rounded(t.items, t.people),
        insights._engagement(t.comments, t.reactions, t.items), c.comments,
        c.reactions, c.views, t.withheld, t.released_at
    from insights._told(project_statistics.scope_id, since, until) t
    left join lateral (
        select
            insights._two_figures(t.comments)::bigint as comments,
            insights._two_figures(t.reactions)::bigint as reactions,
            insights._two_figures(t.views)::bigint as views
        where t.people > 0
    ) c on true
    order by t.month, t.kind;
end
$$;

comment on function insights.project_statistics(uuid, date, date) is
    E'What was told in a project or organization, month by month, and what readers did with it.\n'
    'scope_id: The project or organization.\n'
    'since: The first month; a year of months, unless told otherwise.\n'
    'until: The last month; the last that is over, unless told otherwise.\n'
    'month: The month, by its first day.\n'
    'kind: Of which kind of works; none, where there is nothing to tell.\n'
    'contributors: How many people contributed, each counted once; to the nearest five.\n'
    'works: How many works of theirs were first published then; to the nearest five.\n'
    'avg_engagement: Three times the comments, and the reactions, for each work; in two figures.\n'
    'comments: How many comments they had, in two figures.\n'
    'reactions: How many reactions they had, in two figures.\n'
    'views: How often they were read, in two figures.\n'
    'withheld: Whether something is left out since the release, as somebody took back their consent.\n'
    'released_at: When these figures were released; none, where they were not yet.';

revoke execute on function insights.project_statistics(uuid, date, date) from public;
grant execute on function insights.project_statistics(uuid, date, date) to authenticated, service_role;
