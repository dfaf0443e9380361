-- What each of those who tell tells on average, over all released months: of a place, project or organization, for
-- whoever belongs there, or was given that to read; of the platform, for everybody.

create or replace function insights.contributor_statistics(scope_id uuid default null)
returns table (
    kind text,
    since date,
    until date,
    contributors_a_month bigint,
    works_each numeric,
    avg_engagement numeric,
    views_each numeric,
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
        select
            w.kind, sum(w.people) as people, sum(w.items) as items, sum(w.comments) as comments,
            sum(w.reactions) as reactions, sum(w.views) as views
        from insights.withheld w
        where w.board = 'told' and w.scope_id = coalesce(contributor_statistics.scope_id, w.tenant_id)
        group by w.kind
    ),
    told as (
        select
            c.kind, c.since, c.until, c.months, c.people - coalesce(w.people, 0) as people,
            c.items - coalesce(w.items, 0) as items, c.comments - coalesce(w.comments, 0) as comments,
            c.reactions - coalesce(w.reactions, 0) as reactions, c.views - coalesce(w.views, 0) as views,
            w.kind is not null as withheld
        from insights.contributor_statistics c
        left join withheld w on w.kind = c.kind
        where c.scope_id is not distinct from contributor_statistics.scope_id
    )
    select
        t.kind, t.since, t.until, insights._rounded((t.people / t.months)::bigint, t.people::bigint),
        insights._two_figures(t.items / nullif(t.people, 0)),
        insights._engagement(t.comments::bigint, t.reactions::bigint, t.items::bigint),
        insights._two_figures(t.views / nullif(t.people, 0)), t.withheld, r.released_at
    from told t
    cross join lateral (
        select max(m.released_at) as released_at
        from insights._months(contributor_statistics.scope_id, t.until, t.until) m
    ) r
    order by t.kind;
end
$$;

comment on function insights.contributor_statistics(uuid) is
    E'What each of those who tell tells on average, over all released months.\n'
    'scope_id: The place, project or organization; the platform, unless told otherwise.\n'
    'kind: Of which kind of works.\n'
    'since: The first month with figures.\n'
    'until: The last month with figures.\n'
    'contributors_a_month: How many people tell in a month with figures, to the nearest five.\n'
    'works_each: How many works each of them publishes in a month, in two figures.\n'
    'avg_engagement: Three times the comments, and the reactions, for each work; in two figures.\n'
    'views_each: How often the works of each were read, in two figures.\n'
    'withheld: Whether something is left out since the release, as somebody took back their consent.\n'
    'released_at: When these figures were released.';

revoke execute on function insights.contributor_statistics(uuid) from public;
grant execute on function insights.contributor_statistics(uuid) to anon, authenticated, service_role;
