-- Leaves something out of the versions that are still to be written; those that show it go on showing it.

create or replace function content.leave_out_media(media_id uuid)
returns void
language plpgsql
volatile
security definer -- places are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._work_to_write(
        (select m.work_id from content.media m where m.id = leave_out_media.media_id)
    );
begin
    update content.placements p
    set last_version = work.current_version
    where p.tenant_id = work.tenant_id
        and p.id = leave_out_media.media_id
        and p.first_version is not null
        and p.last_version is null;
    if not found then
        perform core._refuse('not_found', 'medium to leave out');
    end if;
end
$$;

comment on function content.leave_out_media(uuid) is
    'Leaves something out of the versions that are still to be written.';

revoke execute on function content.leave_out_media(uuid) from public;
grant execute on function content.leave_out_media(uuid) to authenticated;
