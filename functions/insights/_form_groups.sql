-- Puts what waits of one kind and month into groups, with the figures that they will always have; what makes none waits
-- on. Whoever is counted in that month already only comes along. What one alone brought more than half of is no group:
-- its sum would be theirs. What somebody changes at this moment waits for the next time, and nobody for them: what is
-- put into groups is held from here on.

create or replace function insights._form_groups(
    tenant_id uuid,
    release date,
    board insights.board,
    kind text,
    month date,
    at timestamptz
)
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    with waiting as materialized (
        select c.work_id, c.person_id, c.scope_id, c.project_id, c.topic, c.amount, c.during
        from insights.contributions c
        where c.tenant_id = _form_groups.tenant_id
            and c.board = _form_groups.board
            and c.kind = _form_groups.kind
            and c.month = _form_groups.month
            and c.group_id is null
            and c.during @> _form_groups.at
        for update skip locked
    ),
    -- Each place is asked once.
    scopes as materialized (select distinct w.scope_id as id from waiting w),
    places as materialized (
        select s.id, insights._smallest(s.id) as smallest
        from scopes s
        where core.module_on('insights', s.id)
    ),
    parts as materialized (
        select
            (row_number() over (order by w.person_id, w.scope_id, w.topic))::integer as number,
            w.person_id, w.scope_id, w.project_id, p.smallest, w.topic,
            case _form_groups.board when 'told' then count(*) else sum(w.amount) end::bigint as weight,
            min(w.work_id::text)::uuid as home_by
        from waiting w
        join places p on p.id = w.scope_id
        group by w.person_id, w.scope_id, w.project_id, p.smallest, w.topic
    ),
    -- Where they told most they are counted, if they are not yet.
    homes as (
        select distinct on (p.person_id) p.number
        from parts p
        where not exists (
            select
            from insights.contributions c
            where c.tenant_id = _form_groups.tenant_id
                and c.person_id = p.person_id
                and c.board = _form_groups.board
                and c.kind = _form_groups.kind
                and c.month = _form_groups.month
                and c.home
        )
        order by p.person_id, p.weight desc, p.topic = '', p.number
    ),
    placed as materialized (
        select g.part, g.scope_id, g.topic, g.number, g.smallest, p.number in (select h.number from homes h) as home
        from insights._grouping(
            array(
                select
                    (
                        p.number, p.person_id, array[p.scope_id, p.project_id, _form_groups.tenant_id], p.smallest,
                        p.topic, p.weight, p.number in (select h.number from homes h)
                    )::insights.waiting_part
                from parts p
            ),
            gen_random_uuid()::text
        ) g
        join parts p on p.number = g.part
    ),
    weighed as (
        select
            l.scope_id, l.topic, l.number, l.smallest, p.person_id,
            sum(p.weight) as weight, bool_or(l.home) as home
        from placed l
        join parts p on p.number = l.part
        group by l.scope_id, l.topic, l.number, l.smallest, p.person_id
    ),
    formed as materialized (
        select
            core.new_id() as id, w.scope_id, w.topic, w.number, w.smallest,
            count(*) filter (where w.home) as people, sum(w.weight) as weight
        from weighed w
        group by w.scope_id, w.topic, w.number, w.smallest
        having _form_groups.board = 'told' or 2 * max(w.weight) <= sum(w.weight)
    ),
    members as materialized (
        select f.id as group_id, w.work_id, l.home and w.work_id = p.home_by as home
        from formed f
        join placed l on (l.scope_id, l.topic, l.number, l.smallest) = (f.scope_id, f.topic, f.number, f.smallest)
        join parts p on p.number = l.part
        join waiting w on (w.person_id, w.scope_id, w.topic) = (p.person_id, p.scope_id, p.topic)
    ),
    summed as (
        select
            m.group_id, count(*) as items, sum(w.amount)::bigint as amount,
            min(insights._ends(w.during, _form_groups.at)) as ends_at, array_agg(m.work_id) as work_ids,
            array_agg(distinct w.scope_id) as places
        from members m
        join waiting w on w.work_id = m.work_id
        group by m.group_id
    ),
    written as (
        insert into insights.groups (
            tenant_id, id, release, board, kind, month, scope_id, level, project_id, places, topic, smallest, people,
            items, comments, reactions, views, amount, ends_at
        )
        select
            _form_groups.tenant_id, f.id, _form_groups.release, _form_groups.board, _form_groups.kind,
            _form_groups.month, f.scope_id, s.level, s.project_id, m.places, f.topic, f.smallest, f.people, m.items,
            n.comments, n.reactions, n.views, m.amount, m.ends_at
        from formed f
        join summed m on m.group_id = f.id
        join core.scopes s on s.tenant_id = _form_groups.tenant_id and s.id = f.scope_id
        cross join lateral insights._figures(_form_groups.tenant_id, _form_groups.board, m.work_ids) n
    )
    update insights.contributions c
    set group_id = m.group_id, home = m.home
    from members m
    where c.tenant_id = _form_groups.tenant_id
        and c.work_id = m.work_id
        and c.board = _form_groups.board
        and c.kind = _form_groups.kind
        and c.month = _form_groups.month
$$;

comment on function insights._form_groups(uuid, date, insights.board, text, date, timestamptz) is
    'Puts what waits of one kind and month into groups.';

revoke execute on function insights._form_groups(uuid, date, insights.board, text, date, timestamptz) from public;
