-- Writes the next version of each of these works, which says again what a version of it said. They are locked, and may
-- be written on. It needs everyone's consent anew, as any version that changes what is said; and shows nothing for the
-- first time, as it says nothing for the first time.

create or replace function content._go_back(work_ids uuid[], versions integer[], change_note text default null)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into content.work_versions (
        tenant_id, work_id, number, material_version, body, plain_text, change_note, based_on, created_by
    )
    select
        w.tenant_id, w.id, w.current_version + 1, w.current_version + 1, v.body, v.plain_text,
        coalesce(_go_back.change_note, format('version %s again', v.number)), v.number, core.me()
    from unnest(work_ids, versions) g (work_id, number)
    join content.works w on w.id = g.work_id
    join content.work_versions v on v.tenant_id = w.tenant_id and v.work_id = w.id and v.number = g.number;
    update content.works w set current_version = w.current_version + 1 where w.id = any (work_ids);
    perform consent._recompute(w.tenant_id, array_agg(w.id))
    from content.works w
    where w.id = any (work_ids)
    group by w.tenant_id;
    -- Whoever has to consent hears of it.
    perform ops._emit(
        w.tenant_id, w.scope_id, 'work.revised',
        jsonb_build_object('work_id', w.id, 'version', w.current_version, 'minor', false)
    )
    from content.works w
    where w.id = any (work_ids);
end
$$;

comment on function content._go_back(uuid[], integer[], text) is
    'Writes the next version of works, which says again what a version of them said.';

revoke execute on function content._go_back(uuid[], integer[], text) from public;
