-- Changes what a work is called and about, and how far it may be shared. What is left out stays. Who is kept from the
-- place brings nothing into it; what is theirs they can share less far.

create or replace function content.update_work(
    work_id uuid,
    title text default null,
    summary text default null,
    lang text default null,
    visibility content.work_visibility default null
)
returns void
language plpgsql
volatile
security definer -- works are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(work_id);
begin
    if (num_nonnulls(title, summary, lang) > 0 or visibility > work.visibility)
        and work.scope_id in (select core.barred('create'))
    then
        perform core._refuse('barred', 'create');
    end if;
    if visibility <> work.visibility then
        -- First closed, then compiled: in between, nothing is shared further than it may be.
        update content.works w
        set
            visibility = update_work.visibility,
            public_during = '{}', organization_during = '{}', community_during = '{}'
        where w.tenant_id = work.tenant_id and w.id = work.id;
        perform consent._recompute(work.tenant_id, array[work.id]);
    end if;
    update content.works w
    set
        title = coalesce(btrim(update_work.title), w.title),
        summary = coalesce(update_work.summary, w.summary),
        lang = coalesce(update_work.lang, w.lang)
    where w.tenant_id = work.tenant_id and w.id = work.id;
    -- Readers see that at once. Whoever has to consent hears of it, as of a minor version, and may object.
    if title <> work.title or summary <> work.summary then
        perform ops._emit(work.tenant_id, work.scope_id, 'work.renamed', jsonb_build_object('work_id', work.id));
    end if;
end
$$;

comment on function content.update_work(uuid, text, text, text, content.work_visibility) is
    'Changes what a work is called and about, and how far it may be shared.';

revoke execute on function content.update_work(uuid, text, text, text, content.work_visibility) from public;
grant execute on function content.update_work(uuid, text, text, text, content.work_visibility) to authenticated;
