-- Lets what counts follow works that changed, in the same transaction: what may not be counted any more, or is not what
-- it was counted as, takes its whole group out of every figure at once. Whoever releases meanwhile is waited for, or
-- leaves what is held here for the next time.

create or replace function insights._follow(tenant_id uuid, work_ids uuid[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
    at timestamptz;
begin
    perform
    from insights.contributions c
    where c.tenant_id = _follow.tenant_id and c.work_id = any (work_ids)
    order by c.work_id, c.board, c.kind, c.month
    for update;
    at := clock_timestamp();

    perform
    from insights.groups g
    where g.tenant_id = _follow.tenant_id
        and g.id in (
            select c.group_id
            from insights.contributions c
            left join insights._counting(_follow.tenant_id, _follow.work_ids) n on n.work_id = c.work_id
            where c.tenant_id = _follow.tenant_id
                and c.work_id = any (_follow.work_ids)
                and (c.person_id, c.topic, c.during)
                    is distinct from (n.person_id, insights._topic(c.board, n.topic), n.during)
        )
    order by g.id
    for no key update;

    with counting as materialized (
        select n.* from insights._counting(_follow.tenant_id, _follow.work_ids) n
    ),
    held as (
        select
            c.group_id, n.during,
            g.topic <> '' and n.topic <> g.topic as about_something_else,
            n.person_id <> c.person_id as somebody_else
        from insights.contributions c
        join insights.groups g on g.tenant_id = c.tenant_id and g.id = c.group_id
        left join counting n on n.work_id = c.work_id
        where c.tenant_id = _follow.tenant_id
            and c.work_id = any (_follow.work_ids)
            and (c.person_id, c.topic, c.during)
                is distinct from (n.person_id, insights._topic(c.board, n.topic), n.during)
    ),
    touched as (
        select
            h.group_id, bool_or((h.during @> at) is not true or h.about_something_else or h.somebody_else) as broken
        from held h
        group by h.group_id
    ),
    -- Also later than before, where somebody consents for longer.
    lasting as (
        select c.group_id, min(insights._ends(coalesce(n.during, c.during), at)) as ends_at
        from insights.contributions c
        left join counting n on n.work_id = c.work_id
        where c.tenant_id = _follow.tenant_id and c.group_id in (select t.group_id from touched t)
        group by c.group_id
    ),
    withheld as (
        update insights.groups g
        set
            withheld_at = case when t.broken then coalesce(g.withheld_at, at) else g.withheld_at end,
            -- What ended is not back before a release.
            ends_at = case when g.ends_at <= at then g.ends_at else l.ends_at end
        from touched t
        join lasting l on l.group_id = t.group_id
        where g.tenant_id = _follow.tenant_id and g.id = t.group_id
    ),
    gone as (
        delete from insights.contributions c
        where c.tenant_id = _follow.tenant_id
            and c.work_id = any (_follow.work_ids)
            -- Said so that nobody looks through all that waits for these.
            and (c.group_id is null) is true
            and not exists (select from counting n where n.work_id = c.work_id)
    ),
    kept as (
        update insights.contributions c
        set
            person_id = coalesce(n.person_id, c.person_id),
            topic = coalesce(insights._topic(c.board, n.topic), ''),
            during = coalesce(n.during, '{}'),
            -- Whoever turns out to be somebody else is counted as them, if at all.
            home = c.home and coalesce(n.person_id, c.person_id) = c.person_id
        from insights.contributions o
        left join counting n on n.work_id = o.work_id
        where o.tenant_id = _follow.tenant_id
            and o.work_id = any (_follow.work_ids)
            and (o.group_id is not null or n.work_id is not null)
            and (o.person_id, o.topic, o.during)
                is distinct from (n.person_id, insights._topic(o.board, n.topic), n.during)
            and (c.tenant_id, c.work_id, c.board, c.kind, c.month)
                = (o.tenant_id, o.work_id, o.board, o.kind, o.month)
    )
    insert into insights.contributions (
        tenant_id, work_id, board, kind, month, person_id, scope_id, level, project_id, topic, during
    )
    select
        _follow.tenant_id, n.work_id, 'told', n.kind, n.month, n.person_id, n.scope_id, n.level, n.project_id, n.topic,
        n.during
    from counting n
    on conflict on constraint contributions_pkey do nothing;
end
$$;

comment on function insights._follow(uuid, uuid[]) is 'Lets what counts follow works that changed.';

revoke execute on function insights._follow(uuid, uuid[]) from public;
