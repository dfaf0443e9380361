-- What was told in a place, project or organization, or on the platform, month by month: the figures of the last
-- release, without what is withheld since. Exact; whoever publishes them rounds.

create or replace function insights._told(scope_id uuid, since date, until date)
returns table (
    month date,
    kind text,
    people bigint,
    items bigint,
    comments bigint,
    reactions bigint,
    views bigint,
    withheld boolean,
    released_at timestamptz
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with told as (
        select p.month, p.kind, p.people, p.items, p.comments, p.reactions, p.views
        from insights.platform_insights p
        where _told.scope_id is null
        union all
        select c.month, c.kind, c.people, c.items, c.comments, c.reactions, c.views
        from insights.community_insights c
        where c.scope_id = _told.scope_id
        union all
        select j.month, j.kind, j.people, j.items, j.comments, j.reactions, j.views
        from insights.project_statistics j
        where j.scope_id = _told.scope_id
    ),
    withheld as (
        select
            w.month, w.kind, sum(w.people) as people, sum(w.items) as items, sum(w.comments) as comments,
            sum(w.reactions) as reactions, sum(w.views) as views
        from insights.withheld w
        where w.board = 'told' and w.scope_id = coalesce(_told.scope_id, w.tenant_id)
        group by w.month, w.kind
    )
    select
        m.month, t.kind, t.people - coalesce(w.people, 0)::bigint, t.items - coalesce(w.items, 0)::bigint,
        t.comments - coalesce(w.comments, 0)::bigint, t.reactions - coalesce(w.reactions, 0)::bigint,
        t.views - coalesce(w.views, 0)::bigint, w.month is not null, m.released_at
    from insights._months(_told.scope_id, since, until) m
    left join told t on t.month = m.month
    left join withheld w on w.month = t.month and w.kind = t.kind
$$;

comment on function insights._told(uuid, date, date) is
    'What was told in a place, project or organization, or on the platform, exactly.';

revoke execute on function insights._told(uuid, date, date) from public;
