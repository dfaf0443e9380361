-- What stands handed out of these works and could not be any more: to which run, and whether that was done by then.

create or replace function consent._lapsed(tenant_id uuid, work_ids uuid[])
returns table (run_id uuid, work_id uuid, irrevocable boolean)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select r.id, lapsed.work_id, r.finished_at is not null
    from (
        select h.run_id, array_agg(h.work_id) as work_ids
        from consent.run_works h
        where h.tenant_id = _lapsed.tenant_id and h.work_id = any (_lapsed.work_ids) and h.stands
        group by h.run_id
    ) standing
    join consent.runs r on r.tenant_id = _lapsed.tenant_id and r.id = standing.run_id
    cross join lateral (
        select unnest(standing.work_ids) as work_id
        except
        select u.work_id from consent._usable(r.tenant_id, r.id, standing.work_ids) u
    ) lapsed
$$;

comment on function consent._lapsed(uuid, uuid[]) is
    'What stands handed out of these works, and could not be any more.';

revoke execute on function consent._lapsed(uuid, uuid[]) from public;
