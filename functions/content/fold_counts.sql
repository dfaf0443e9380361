-- Adds up what was counted about works, so that few rows tell it, and returns how many rows it took together. What is
-- counted meanwhile is left for the next time; nobody waits for this. One at a time: of two, the second has nothing to
-- do.

create or replace function content.fold_counts()
returns bigint
language plpgsql
volatile
security definer -- counts are nobody's to write
set search_path = pg_catalog, pg_temp
as $$
declare
    taken bigint := 0;
    more bigint;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('content.fold_counts', 0)) then
        return 0;
    end if;
    with several as (
        select s.tenant_id, s.work_id
        from content.work_count_steps s
        group by s.tenant_id, s.work_id
        having count(*) > 1
    ),
    taken as (
        delete from content.work_count_steps s
        using several m
        where s.tenant_id = m.tenant_id and s.work_id = m.work_id
        returning s.*
    ),
    folded as (
        insert into content.work_count_steps (tenant_id, work_id, comments, reactions, views)
        select t.tenant_id, t.work_id, sum(t.comments), sum(t.reactions), sum(t.views)
        from taken t
        group by t.tenant_id, t.work_id
    )
    select count(*) into more from taken;
    taken := taken + more;
    with several as (
        select r.tenant_id, r.work_id, r.day, r.audience
        from content.reading_days r
        group by r.tenant_id, r.work_id, r.day, r.audience
        having count(*) > 1
    ),
    taken as (
        delete from content.reading_days r
        using several m
        where (r.tenant_id, r.work_id, r.day, r.audience) = (m.tenant_id, m.work_id, m.day, m.audience)
        returning r.*
    ),
    folded as (
        insert into content.reading_days (tenant_id, work_id, day, audience, views)
        select t.tenant_id, t.work_id, t.day, t.audience, sum(t.views)
        from taken t
        group by t.tenant_id, t.work_id, t.day, t.audience
    )
    select count(*) into more from taken;
    return taken + more;
end
$$;

comment on function content.fold_counts() is
    'Adds up what was counted about works, and returns how many rows it took together.';

revoke execute on function content.fold_counts() from public;
grant execute on function content.fold_counts() to service_role;
