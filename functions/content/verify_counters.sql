-- Recounts what was said, felt and read of every work. Empty when all is well.

create or replace function content.verify_counters()
returns table (tenant_id uuid, work_id uuid, counter text, counted bigint, recounted bigint)
language sql
stable
security definer -- counts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    select c.tenant_id, c.work_id, n.counter, n.counted, n.recounted
    from content.work_counters c
    cross join lateral (
        select 'comments', c.comments, count(*)
        from content.comments t
        where t.tenant_id = c.tenant_id and t.work_id = c.work_id and t.state = 'visible' and not t.aside
        union all
        select 'reactions', c.reactions, count(*)
        from content.reactions t
        where t.tenant_id = c.tenant_id and t.work_id = c.work_id
        union all
        select 'views', c.views, coalesce(sum(t.views), 0)::bigint
        from content.reading_days t
        where t.tenant_id = c.tenant_id and t.work_id = c.work_id
    ) n (counter, counted, recounted)
    where n.counted <> n.recounted
$$;

comment on function content.verify_counters() is
    'Works whose comments, reactions or readings are counted wrong: none, when all is well.';

revoke execute on function content.verify_counters() from public;
grant execute on function content.verify_counters() to service_role, empathy_auditor;
