-- Brings works back to how they were at an instant, as far as that can be, and says what became of what. All are locked
-- first, in the order of their keys, organization by organization; what differs is looked at after.

create or replace function content._recover(work_ids uuid[], at timestamptz)
returns setof content.recovered
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    found content.recovered[];
begin
    perform core._require_read_committed();
    perform from content.works w where w.id = any (work_ids) order by w.tenant_id, w.id for no key update;
    found := array(select r from content._recovery(work_ids, _recover.at) r);
    with brought as materialized (
        select
            f.tenant_id, f.work_id, array_agg(f.what) as what,
            jsonb_populate_record(null::content.works, (
                select t.image
                from audit._as_of(
                    f.tenant_id, 'content.works', jsonb_build_object('tenant_id', f.tenant_id, 'id', f.work_id),
                    _recover.at
                ) t
            )) as was
        from unnest(found) f
        where f.outcome = 'brought_back' and f.what in ('title', 'summary', 'lang')
        group by f.tenant_id, f.work_id
    )
    update content.works w
    set
        title = case when 'title' = any (b.what) then (b.was).title else w.title end,
        summary = case when 'summary' = any (b.what) then (b.was).summary else w.summary end,
        lang = case when 'lang' = any (b.what) then (b.was).lang else w.lang end
    from brought b
    where w.tenant_id = b.tenant_id and w.id = b.work_id;
    -- Readers see that at once. Whoever has to consent hears of it, and may object.
    perform ops._emit(w.tenant_id, w.scope_id, 'work.renamed', jsonb_build_object('work_id', w.id))
    from content.works w
    where w.id in (
        select f.work_id from unnest(found) f where f.outcome = 'brought_back' and f.what in ('title', 'summary')
    );
    perform content._go_back(array_agg(f.work_id), array_agg(f.from_version))
    from unnest(found) f
    where f.outcome = 'brought_back' and f.what = 'says';
    return query select f.* from unnest(found) f;
end
$$;

comment on function content._recover(uuid[], timestamptz) is
    'Brings works back to how they were at an instant, and says what became of what.';

revoke execute on function content._recover(uuid[], timestamptz) from public;
