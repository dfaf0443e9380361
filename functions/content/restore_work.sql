-- Goes back to what a work once said: writes the next version, which says it again, and returns its number. That is a
-- version as any other, and needs everyone's consent anew: what they agreed to then they may have taken back since, or
-- had changed. What there is to see stays as it is. Where the newest version says the same, none is written.

create or replace function content.restore_work(work_id uuid, version integer, change_note text default null)
returns integer
language plpgsql
volatile
security definer -- versions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._work_to_write(work_id);
    said content.work_versions;
begin
    select v.* into said
    from content.work_versions v
    where v.tenant_id = work.tenant_id and v.work_id = work.id and v.number = restore_work.version;
    if said.number is null then
        perform core._refuse('not_found', 'version');
    end if;
    if exists (
        select
        from content.work_versions v
        where v.tenant_id = work.tenant_id
            and v.work_id = work.id
            and v.number = work.current_version
            and (v.body, v.plain_text) = (said.body, said.plain_text)
    )
    then
        return work.current_version;
    end if;
    perform content._go_back(array[work.id], array[said.number], restore_work.change_note);
    return work.current_version + 1;
end
$$;

comment on function content.restore_work(uuid, integer, text) is
    E'Writes a version that says again what an old one said, and returns its number. Everyone is asked for '
    'consent anew.\n'
    'version: The old version.\n'
    'change_note: Why.';

revoke execute on function content.restore_work(uuid, integer, text) from public;
grant execute on function content.restore_work(uuid, integer, text) to authenticated;
