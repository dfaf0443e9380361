-- Which of these works count, as whose, where, in which month, about what, and when: those that are published, as long
-- as everyone who has to consents to that. The one place that says so; insights._follow keeps it,
-- insights.verify_figures holds what is kept against it.
--
-- A work counts in the month in which it was first published. What it is about is what the newest analysis that still
-- stands put first.

create or replace function insights._counting(tenant_id uuid, work_ids uuid[])
returns table (
    work_id uuid,
    kind text,
    month date,
    person_id uuid,
    scope_id uuid,
    level smallint,
    project_id uuid,
    topic text,
    during tstzmultirange
)
language sql
stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
    select
        w.id, w.kind, published.month, coalesce(p.merged_into, p.id), w.scope_id, w.level, w.project_id,
        coalesce(about.topic, ''), e.during
    from content.works w
    join core.people p on p.id = w.owner_id
    join consent.effective e
        on e.tenant_id = w.tenant_id and e.work_id = w.id and e.purpose = 'insight' and e.channel = ''
    cross join lateral (
        select date_trunc('month', min(t.moved_at) at time zone 'UTC')::date as month
        from content.work_transitions t
        where t.tenant_id = w.tenant_id and t.work_id = w.id and t.to_state = 'published'
    ) published
    left join lateral (
        select left(lower(btrim(t.themes ->> 0)), 100) as topic
        from (
            select case jsonb_typeof(a.result) when 'array' then a.result else a.result -> 'themes' end as themes
            from stories.analyses a
            where a.tenant_id = w.tenant_id and a.story_id = w.id and a.kind = 'themes'
            order by a.analysed_at desc, a.id desc
            limit 1
        ) t
        where jsonb_typeof(t.themes -> 0) = 'string'
    ) about on true
    where w.tenant_id = _counting.tenant_id
        and w.id = any (work_ids)
        and w.state = 'published'
        -- What is over is over, however often the clock is asked.
        and (upper_inf(e.during) or upper(e.during) > clock_timestamp())
$$;

comment on function insights._counting(uuid, uuid[]) is 'Which of these works count, and how.';

revoke execute on function insights._counting(uuid, uuid[]) from public;
