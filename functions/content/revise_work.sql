-- Writes the next version of a work, and returns its number: its owner, or an editor where everyone consented to that.
-- A version that changes what is said needs everyone's consent anew; until then readers keep the one they had. It shows
-- what was added to see since the one before; a minor one does not.

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
    work constant content.works := content._work_to_write(work_id);
begin
    insert into content.work_versions (
        tenant_id, work_id, number, material_version, body, plain_text, change_note, based_on, created_by
    )
    select
        v.tenant_id, v.work_id, v.number + 1, case when minor is true then v.material_version else v.number + 1 end,
        revise_work.body, revise_work.plain_text, revise_work.change_note, coalesce(revise_work.based_on, v.number),
        core.me()
    from content.work_versions v
    where v.tenant_id = work.tenant_id and v.work_id = work.id and v.number = work.current_version;
    update content.works w
    set current_version = work.current_version + 1
    where w.tenant_id = work.tenant_id and w.id = work.id;
    -- What there is to see for the first time comes with what everyone is asked about anew.
    if minor is not true then
        update content.placements p
        set first_version = work.current_version + 1
        where p.tenant_id = work.tenant_id and p.work_id = work.id and p.first_version is null;
    end if;
    perform consent._recompute(work.tenant_id, array[work.id]);
    -- Whoever has to consent hears of it, and may object: of what was called minor, too.
    perform ops._emit(
        work.tenant_id, work.scope_id, 'work.revised',
        jsonb_build_object('work_id', work.id, 'version', work.current_version + 1, 'minor', minor is true)
    );
    return work.current_version + 1;
end
$$;

comment on function content.revise_work(uuid, jsonb, text, text, boolean, integer) is
    E'Writes the next version of a work, and returns its number.\n'
    'body: What it says, in whatever form the app reads.\n'
    'plain_text: The same as plain words, to be searched and read aloud.\n'
    'change_note: What became different.\n'
    'minor: Whether what is said stays the same: then consent goes on as it was given, and who gave it is told.\n'
    'based_on: The version that it was written from; the newest, unless told otherwise.';

revoke execute on function content.revise_work(uuid, jsonb, text, text, boolean, integer) from public;
grant execute on function content.revise_work(uuid, jsonb, text, text, boolean, integer) to authenticated;
