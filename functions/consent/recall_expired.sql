-- Takes works back from runs where consent has ended by itself, its time being over. What somebody withdraws is taken
-- back in the same transaction; this finds what nobody did. Returns how many.

create or replace function consent.recall_expired()
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
        select h.tenant_id, array_agg(distinct h.work_id) as work_ids
        from consent.run_works h
        where h.stands
        group by h.tenant_id
        order by h.tenant_id
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

comment on function consent.recall_expired() is 'Takes works back from runs where consent has ended by itself.';

revoke execute on function consent.recall_expired() from public;
grant execute on function consent.recall_expired() to service_role;
