-- Takes works back from runs where consent has ended by itself, its time being over. What somebody withdraws is taken
-- back in the same transaction; this finds what nobody did. Of each organization so many at a time that nobody waits
-- long.

create or replace function consent.recall_expired(most integer default 1000)
returns bigint
language plpgsql
volatile
security definer -- runs are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    affected record;
    recalled bigint := 0;
begin
    perform core._require_read_committed();
    for affected in
        select standing.tenant_id, array_agg(distinct lapsed.work_id) as work_ids
        from (
            select h.tenant_id, array_agg(distinct h.work_id) as work_ids
            from consent.run_works h
            where h.stands
            group by h.tenant_id
        ) standing
        cross join lateral (
            select l.work_id
            from consent._lapsed(standing.tenant_id, standing.work_ids) l
            limit recall_expired.most
        ) lapsed
        group by standing.tenant_id
        order by standing.tenant_id
    loop
        perform
        from content.works w
        where w.tenant_id = affected.tenant_id and w.id = any (affected.work_ids)
        order by w.id
        for no key update;
        recalled := recalled + consent._recall(affected.tenant_id, affected.work_ids);
    end loop;
    return recalled;
end
$$;

comment on function consent.recall_expired(integer) is
    'Takes works back from runs where consent has ended by itself, and returns how many.';

revoke execute on function consent.recall_expired(integer) from public;
grant execute on function consent.recall_expired(integer) to service_role;
