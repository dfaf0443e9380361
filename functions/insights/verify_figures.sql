-- Recounts the figures: what counts is what works may be counted as, every group is of enough people and has the
-- figures of those in it, none is in figures that may not be, and the figures of each place are the sums of its groups.
-- Empty when all is well.

create or replace function insights.verify_figures()
returns table (tenant_id uuid, id uuid, problem text)
language sql
stable
security definer -- recounts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    with counting as (
        select t.tenant_id, n.*
        from (
            select w.tenant_id, array_agg(w.id) as ids from content.works w group by w.tenant_id
        ) t
        cross join lateral insights._counting(t.tenant_id, t.ids) n
    ),
    told as (
        select c.*
        from insights.contributions c
        where c.board = 'told' and (upper_inf(c.during) or upper(c.during) > clock_timestamp())
    ),
    members as (
        select
            c.tenant_id, c.group_id,
            count(distinct c.person_id) filter (where c.home) as people, count(*) as items, sum(c.amount) as amount,
            bool_and(c.during @> now()) as counting,
            bool_and(g.topic in ('', c.topic)) as of_topic
        from insights.contributions c
        join insights.groups g on g.tenant_id = c.tenant_id and g.id = c.group_id
        group by c.tenant_id, c.group_id
    ),
    booked as (
        select
            g.tenant_id, n.id as scope_id, g.board, g.kind, g.month, g.topic, sum(g.people) as people,
            sum(g.items) as items, sum(g.comments) as comments, sum(g.reactions) as reactions, sum(g.views) as views,
            sum(g.amount) as amount, sum(g.spread) as spread
        from insights.groups g
        cross join lateral (
            select distinct p.id from unnest(array[g.scope_id, g.project_id, g.tenant_id]) p (id)
        ) n
        where g.booked
        group by g.tenant_id, n.id, g.board, g.kind, g.month, g.topic
    )
    select coalesce(n.tenant_id, t.tenant_id), coalesce(n.work_id, t.work_id), 'does not count as it should'
    from counting n
    full join told t on t.tenant_id = n.tenant_id and t.work_id = n.work_id
    where (n.kind, n.month, n.person_id, n.scope_id, n.topic, n.during)
        is distinct from (t.kind, t.month, t.person_id, t.scope_id, t.topic, t.during)
    union all
    select g.tenant_id, g.id, 'is in figures, and may not be'
    from insights.groups g
    join members m on m.tenant_id = g.tenant_id and m.group_id = g.id
    where g.withheld_at is null
        and (g.ends_at is null or g.ends_at > now())
        and not (m.counting and m.of_topic and m.people = g.people)
    union all
    select g.tenant_id, g.id, 'is not of those who are in it'
    from insights.groups g
    left join members m on m.tenant_id = g.tenant_id and m.group_id = g.id
    where g.board in ('told', 'earned')
        and not exists (select from insights.groups r where r.tenant_id = g.tenant_id and r.replaces = g.id)
        and (m.items, m.amount) is distinct from (g.items, g.amount::numeric)
    union all
    select coalesce(b.tenant_id, c.tenant_id), coalesce(b.scope_id, c.scope_id), 'does not add up'
    from booked b
    full join insights.cells c
        on (c.tenant_id, c.scope_id, c.board, c.kind, c.month, c.topic)
            = (b.tenant_id, b.scope_id, b.board, b.kind, b.month, b.topic)
    where (coalesce(b.people, 0), coalesce(b.items, 0), coalesce(b.comments, 0), coalesce(b.reactions, 0))
            <> (coalesce(c.people, 0), coalesce(c.items, 0), coalesce(c.comments, 0), coalesce(c.reactions, 0))
        or (coalesce(b.views, 0), coalesce(b.amount, 0), coalesce(b.spread, 0))
            <> (coalesce(c.views, 0), coalesce(c.amount, 0), coalesce(c.spread, 0))
$$;

comment on function insights.verify_figures() is 'Figures that are not what they should be: none, when all is well.';

revoke execute on function insights.verify_figures() from public;
grant execute on function insights.verify_figures() to service_role, empathy_auditor;
