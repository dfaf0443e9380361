-- What happened in a month, in figures: what was told, what was decided, who was forgotten, what was taken out, which
-- machines were at work, what went wrong. Of the platform, for everybody; of a place, project or organization, for
-- whoever belongs there, or was given that to read. People are counted as they are everywhere here, or not at all; what
-- those who run a place did is counted exactly.

create or replace function insights.transparency_report(month date, scope_id uuid default null)
returns table (
    section text,
    name text,
    figure bigint,
    too_few boolean,
    released_at timestamptz
)
language plpgsql
stable
security definer -- figures are read through functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    asked constant date := date_trunc('month', transparency_report.month);
    begins constant timestamptz := asked::timestamp at time zone 'UTC';
    ends constant timestamptz := (asked + interval '1 month') at time zone 'UTC';
    released timestamptz;
begin
    if scope_id is not null then
        perform insights._require_node(scope_id, '{0,1,2}');
    end if;
    select m.released_at into released
    from insights._months(transparency_report.scope_id, asked, asked) m;
    if released is null then
        return;
    end if;
    return query
    with nodes as materialized (
        select s.tenant_id, s.id
        from core.scopes s
        where transparency_report.scope_id is null
            or transparency_report.scope_id in (s.id, s.project_id, s.tenant_id)
    ),
    told as (
        select f.*
        from insights._told(transparency_report.scope_id, asked, asked) t
        cross join lateral (
            values
                (1, 'told', 'people who told: ' || t.kind, t.people, insights._rounded(t.people, t.people)),
                (1, 'told', 'works: ' || t.kind, t.people, insights._rounded(t.items, t.people))
        ) f (place, section, name, people, figure)
        where t.kind is not null
    ),
    decided as (
        select f.*
        from insights.consent_health(transparency_report.scope_id, asked, asked) h
        cross join lateral (
            values
                (2, 'consent', 'given: ' || h.purpose, h.given),
                (2, 'consent', 'refused: ' || h.purpose, h.refused),
                (2, 'consent', 'taken back: ' || h.purpose, h.withdrawn)
        ) f (place, section, name, figure)
        where h.purpose is not null
    ),
    -- Of the whole platform alone: beside its parts, one could make out who.
    personal as (
        select 3 as place, 'people' as section, 'forgotten' as name, count(*) as n
        from core.people p
        where p.erased_at >= begins and p.erased_at < ends and p.merged_into is null
        union all
        select 3, 'people', 'exports of their own data', count(distinct x.person_id)
        from ops.exports x
        where x.requested_at >= begins and x.requested_at < ends
        union all
        select 3, 'people', 'said something to those who run a place', count(distinct f.person_id)
        from stories.feedback f
        where f.given_at >= begins and f.given_at < ends
        union all
        select 3, 'people', 'were answered', count(distinct f.person_id)
        from stories.feedback f
        where f.answered_at >= begins and f.answered_at < ends
        union all
        select
            3, 'people', 'took back consent to what had been done with their works by then',
            count(distinct w.owner_id)
        from consent.run_works h
        join content.works w on w.tenant_id = h.tenant_id and w.id = h.work_id
        where h.irrevocable and h.recalled_at >= begins and h.recalled_at < ends
    ),
    done as (
        select 4 as place, 'exports' as section, 'exports of places' as name, count(*) as n
        from ops.exports x
        where x.requested_at >= begins
            and x.requested_at < ends
            and x.person_id is null
            and (x.tenant_id, x.scope_id) in (select n.tenant_id, n.id from nodes n)
        union all
        select 5, 'machines', e.name || ': ' || p.key, e.n
        from consent.purposes p
        cross join lateral (
            select
                count(*) filter (where r.started_at >= begins and r.started_at < ends) as begun,
                count(*) filter (where r.halted_at >= begins and r.halted_at < ends) as halted
            from consent.runs r
            where r.purpose = p.key and (r.tenant_id, r.scope_id) in (select n.tenant_id, n.id from nodes n)
        ) r
        cross join lateral (values ('runs begun', r.begun), ('runs halted', r.halted)) e (name, n)
        where e.n > 0
    )
    select f.section, f.name, f.figure, f.too_few, released
    from (
        select t.place, t.section, t.name, t.figure, t.figure is null as too_few from told t
        union all
        select d.place, d.section, d.name, d.figure, false from decided d where d.figure is not null
        union all
        select
            p.place, p.section, p.name, case when p.n = 0 then 0 when p.n >= 5 then insights._rounded(p.n, p.n) end,
            p.n between 1 and 4
        from personal p
        where transparency_report.scope_id is null
        union all
        select d.place, d.section, d.name, d.n, false from done d
    ) f
    order by f.place, f.section, f.name;
end
$$;

comment on function insights.transparency_report(date, uuid) is
    E'What happened in a month, in figures; nothing, before the month was released.\n'
    'month: The month, by any day of it.\n'
    'scope_id: The place, project or organization; the platform, unless told otherwise.\n'
    'section: What it is about: told, consent, people, exports, machines.\n'
    'name: What is counted.\n'
    'figure: How many; people and what is theirs to the nearest five.\n'
    'too_few: Whether there were some, and too few to tell how many.\n'
    'released_at: When these figures were released.';

revoke execute on function insights.transparency_report(date, uuid) from public;
grant execute on function insights.transparency_report(date, uuid) to anon, authenticated, service_role;
