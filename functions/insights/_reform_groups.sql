-- Withholds what ended by itself, and what a place asks more people for by now, or wants no figures of. Then brings
-- back what was withheld and is whole again, since everyone who was in it consents: as it was; or, where it is not
-- about the same any more, or some of its people turned out to be one, as what it is now. Nobody is ever left out of a
-- group: what is left would tell who went. Nor does this wait for anybody: a group in which somebody changes something
-- at this moment is left for the next time.

create or replace function insights._reform_groups(tenant_id uuid, release date, at timestamptz)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Only what can be asked more for is looked at, and not all that was ever released.
    with places as materialized (
        select
            s.id,
            case
                when core.module_on('insights', s.id)
                then (core.setting('insights.smallest_group', s.id) #>> '{}')::integer
            end as asks
        from core.scopes s
        where s.tenant_id = _reform_groups.tenant_id
    ),
    doubtful as materialized (
        select g.id, g.people
        from insights.groups g
        where g.tenant_id = _reform_groups.tenant_id
            and g.withheld_at is null
            and g.people < (select max(p.asks) from places p)
        union
        select g.id, g.people
        from insights.groups g
        where g.tenant_id = _reform_groups.tenant_id
            and g.withheld_at is null
            and g.places && array(select p.id from places p where p.asks is null)
        union
        select g.id, g.people
        from places p
        join insights.groups g on g.tenant_id = _reform_groups.tenant_id and g.scope_id = p.id
        where p.asks is null and g.withheld_at is null
    ),
    due as materialized (
        select g.id
        from insights.groups g
        where g.tenant_id = _reform_groups.tenant_id
            and g.withheld_at is null
            and g.id in (
                select e.id
                from insights.groups e
                where e.tenant_id = _reform_groups.tenant_id and e.booked and e.ends_at <= at
                union all
                select d.id
                from doubtful d
                where (d.people >= insights._asked_of(_reform_groups.tenant_id, d.id)) is not true
            )
        for no key update skip locked
    )
    update insights.groups g
    set withheld_at = at
    from due d
    where g.tenant_id = _reform_groups.tenant_id and g.id = d.id;

    -- What happened is as it was.
    update insights.groups g
    set withheld_at = null
    where g.tenant_id = _reform_groups.tenant_id
        and g.withheld_at is not null
        and g.board not in ('told', 'earned')
        and g.people >= insights._asked_of(g.tenant_id, g.id);

    with held as materialized (
        select c.group_id, c.work_id, c.person_id, c.topic, c.during, c.home
        from insights.contributions c
        where c.tenant_id = _reform_groups.tenant_id
            and c.group_id in (
                select g.id
                from insights.groups g
                where g.tenant_id = _reform_groups.tenant_id
                    and g.withheld_at is not null
                    and not exists (
                        select
                        from insights.contributions b
                        where b.tenant_id = g.tenant_id and b.group_id = g.id and not b.during @> at
                    )
            )
        for update skip locked
    ),
    whole as materialized (
        select
            g.*, n.staying, n.of_topic, n.lasts_until, n.work_ids, insights._asked_of(g.tenant_id, g.id) as asked
        from (
            select
                h.group_id, count(*) as items, bool_and(g.topic in ('', h.topic)) as of_topic,
                count(distinct h.person_id) filter (where h.home)::integer as staying,
                min(insights._ends(h.during, at)) as lasts_until, array_agg(h.work_id) as work_ids
            from held h
            join insights.groups g on g.tenant_id = _reform_groups.tenant_id and g.id = h.group_id
            group by h.group_id
            having bool_and(h.during @> at)
        ) n
        join insights.groups g
            on g.tenant_id = _reform_groups.tenant_id and g.id = n.group_id and g.items = n.items
    ),
    back as (
        update insights.groups g
        set withheld_at = null, ends_at = w.lasts_until
        from whole w
        where g.tenant_id = w.tenant_id
            and g.id = w.id
            and w.people >= w.asked
            and w.staying = w.people
            and w.of_topic
    ),
    -- What it brought in is not told of anew: of fewer people, one may have had most of it.
    changed as materialized (
        select core.new_id() as new_id, w.*
        from whole w
        where w.board = 'told'
            and w.staying >= greatest(w.asked, w.smallest)
            and w.asked is not null
            and not (w.staying = w.people and w.of_topic)
    ),
    written as (
        insert into insights.groups (
            tenant_id, id, release, board, kind, month, scope_id, level, project_id, places, topic, smallest, people,
            items, comments, reactions, views, ends_at, replaces
        )
        select
            c.tenant_id, c.new_id, _reform_groups.release, c.board, c.kind, c.month, c.scope_id, c.level, c.project_id,
            c.places, case when c.of_topic then c.topic else '' end, greatest(c.asked, c.smallest), c.staying, c.items,
            n.comments, n.reactions, n.views, c.lasts_until, c.id
        from changed c
        cross join lateral insights._figures(c.tenant_id, c.board, c.work_ids) n
    )
    update insights.contributions c
    set group_id = n.new_id
    from changed n
    where c.tenant_id = n.tenant_id and c.group_id = n.id;
end
$$;

comment on function insights._reform_groups(uuid, date, timestamptz) is
    'Withholds what does not hold any more, and brings back what does.';

revoke execute on function insights._reform_groups(uuid, date, timestamptz) from public;
