-- Writes the next version of a work, and returns its number: its owner, or an editor where everyone consented to that.
-- A version that changes what is said needs everyone's consent anew; until then readers keep the one they had.

create or replace function content.revise_work(
    work_id uuid,
    body jsonb,
    plain_text text default '',
    change_note text default '',
    minor boolean default false,
    based_on integer default null
)
returns integer
language plpgsql
volatile
security definer -- versions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    work content.works;
begin
    select w.* into work
    from content.works w
    where w.id = revise_work.work_id
        and (
            w.owner_id = any (array(select core.my_people()))
            or exists (
                select
                from content.work_collaborators c
                where c.tenant_id = w.tenant_id
                    and c.work_id = w.id
                    and c.person_id = any (array(select core.my_people()))
                    and c.capability = 'edit'
                    and c.work_id in (select content.involving_me())
            )
        )
    for no key update;
    if work.id is null then
        perform core._refuse('not_found', 'work for you to write');
    end if;
    perform core._require_open(work.scope_id);
    if work.scope_id in (select core.barred('create')) then
        perform core._refuse('barred', 'create');
    end if;
    if work.owner_id <> all (array(select core.my_people())) and not consent.allows(work.id, 'modification') then
        perform core._refuse('consent_missing', 'modification');
    end if;
    insert into content.work_versions (
        tenant_id, work_id, number, material_version, body, plain_text, change_note, based_on, created_by
    )
    select
        v.tenant_id, v.work_id, v.number + 1, case when minor then v.material_version else v.number + 1 end,
        revise_work.body, revise_work.plain_text, revise_work.change_note, coalesce(revise_work.based_on, v.number), me
    from content.work_versions v
    where v.tenant_id = work.tenant_id and v.work_id = work.id and v.number = work.current_version;
    update content.works w
    set current_version = work.current_version + 1
    where w.tenant_id = work.tenant_id and w.id = work.id;
    perform consent._recompute(work.tenant_id, array[work.id]);
    -- Whoever has to consent hears of it, and may object: of what was called minor, too.
    perform ops._emit(
        work.tenant_id, work.scope_id, 'work.revised',
        jsonb_build_object('work_id', work.id, 'version', work.current_version + 1, 'minor', minor)
    );
    return work.current_version + 1;
end
$$;

comment on function content.revise_work(uuid, jsonb, text, text, boolean, integer) is
    'Writes the next version of a work, and returns its number.';

revoke execute on function content.revise_work(uuid, jsonb, text, text, boolean, integer) from public;
grant execute on function content.revise_work(uuid, jsonb, text, text, boolean, integer) to authenticated;
