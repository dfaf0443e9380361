-- Who is in a group with whom in places, projects (step 2) or organizations (step 3): one step of insights._grouping.

create or replace function insights._grouping_at(
    waiting insights.waiting_part[],
    step integer,
    salt text,
    undivided boolean
)
returns setof insights.grouped_part
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with parts as materialized (
        select w.number, w.person_id, w.places[step] as scope_id, w.smallest[step] as smallest, w.topic, w.home
        from unnest(waiting) w
    ),
    -- Of how many people groups are here: as many as the greatest number asks for that this would do.
    asked as (
        select p.scope_id, p.smallest, sum(count(*)) over (partition by p.scope_id order by p.smallest) as people
        from parts p
        where p.home
        group by p.scope_id, p.smallest
    ),
    sizes as (
        select a.scope_id, max(a.smallest) as smallest
        from asked a
        where a.people >= a.smallest
        group by a.scope_id
    ),
    fitting as (
        select p.number, p.person_id, p.scope_id, s.smallest, p.topic, p.home
        from parts p
        join sizes s on s.scope_id = p.scope_id and s.smallest >= p.smallest
    ),
    topics as (
        select
            f.scope_id, f.topic, f.smallest, count(*) filter (where f.home) as people,
            f.topic <> '' and count(*) filter (where f.home) >= f.smallest as enough
        from fitting f
        group by f.scope_id, f.topic, f.smallest
    ),
    ranked as (
        select
            t.scope_id, t.topic, t.smallest, t.people, t.enough,
            coalesce(sum(t.people) filter (where not t.enough) over everybody, 0) as others,
            row_number() over (partition by t.scope_id order by t.enough desc, t.people, t.topic) as place
        from topics t
        window everybody as (partition by t.scope_id)
    ),
    labels as (
        select
            r.scope_id, r.topic, r.smallest, r.people,
            case
                when not r.enough then ''
                -- Where too few are left, the smallest goes with them.
                when r.place = 1 and r.others > 0 and r.others < r.smallest then ''
                else r.topic
            end as label
        from ranked r
    ),
    pools as (
        select l.scope_id, l.label, case when undivided then 1 else sum(l.people)::bigint / l.smallest end as groups
        from labels l
        group by l.scope_id, l.label, l.smallest
        having sum(l.people) > 0
    )
    select
        f.number, f.scope_id, p.label,
        -- Those of each step are groups of their own.
        (
            row_number() over (
                partition by f.scope_id, p.label, f.home
                order by sha256(convert_to(salt || f.person_id, 'UTF8')), f.number
            ) % p.groups
        ) * 3 + step,
        f.smallest
    from fitting f
    join labels l on l.scope_id = f.scope_id and l.topic = f.topic
    join pools p on p.scope_id = l.scope_id and p.label = l.label
$$;

comment on function insights._grouping_at(insights.waiting_part[], integer, text, boolean) is
    'Who is in a group with whom in places, in projects, or in organizations.';

revoke execute on function insights._grouping_at(insights.waiting_part[], integer, text, boolean) from public;
