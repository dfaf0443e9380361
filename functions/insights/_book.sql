-- Adds to every place, project and organization what came with a release, and takes away what was withheld. One at a
-- time: whoever calls this holds the organization. A group in which somebody changes something at this moment is left
-- for the next time: of what is withheld, readers get nothing anyway.

create or replace function insights._book(tenant_id uuid)
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    with due as materialized (
        select g.id
        from insights.groups g
        where g.tenant_id = _book.tenant_id and g.booked = (g.withheld_at is not null)
        for no key update skip locked
    ),
    changed as (
        update insights.groups g
        set booked = not g.booked
        from due d
        where g.tenant_id = _book.tenant_id and g.id = d.id
        returning g.*
    ),
    sums as (
        select
            n.id as scope_id, c.board, c.kind, c.month, c.topic,
            sum(n.sign * c.people) as people, sum(n.sign * c.items) as items, sum(n.sign * c.comments) as comments,
            sum(n.sign * c.reactions) as reactions, sum(n.sign * c.views) as views,
            sum(n.sign * c.amount) as amount, sum(n.sign * c.spread) as spread
        from changed c
        cross join lateral (
            select distinct p.id, case when c.booked then 1 else -1 end as sign
            from unnest(array[c.scope_id, c.project_id, c.tenant_id]) p (id)
        ) n
        group by n.id, c.board, c.kind, c.month, c.topic
    )
    insert into insights.cells (
        tenant_id, scope_id, level, board, kind, month, topic, people, items, comments, reactions, views, amount, spread
    )
    select
        _book.tenant_id, s.scope_id, p.level, s.board, s.kind, s.month, s.topic, coalesce(o.people, 0) + s.people,
        coalesce(o.items, 0) + s.items, coalesce(o.comments, 0) + s.comments,
        coalesce(o.reactions, 0) + s.reactions, coalesce(o.views, 0) + s.views, coalesce(o.amount, 0) + s.amount,
        coalesce(o.spread, 0) + s.spread
    from sums s
    join core.scopes p on p.tenant_id = _book.tenant_id and p.id = s.scope_id
    left join insights.cells o
        on (o.tenant_id, o.scope_id, o.board, o.kind, o.month, o.topic)
            = (_book.tenant_id, s.scope_id, s.board, s.kind, s.month, s.topic)
    on conflict on constraint cells_pkey do update
    set
        people = excluded.people, items = excluded.items, comments = excluded.comments,
        reactions = excluded.reactions, views = excluded.views, amount = excluded.amount, spread = excluded.spread
$$;

comment on function insights._book(uuid) is
    'Adds to every place, project and organization what came with a release, and takes away what was withheld.';

revoke execute on function insights._book(uuid) from public;
