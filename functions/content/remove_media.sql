-- Takes something out of all versions of a work at once, and has the store let go of its bytes. Where it was, readers
-- see that something is withheld.

create or replace function content.remove_media(media_id uuid)
returns void
language plpgsql
volatile
security definer -- media are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._work_to_write(
        (select m.work_id from content.media m where m.id = remove_media.media_id)
    );
begin
    perform content._drop_media(array[media_id]);
    -- What no version showed leaves no gap.
    delete from content.placements p
    where p.tenant_id = work.tenant_id and p.id = remove_media.media_id and p.first_version is null;
end
$$;

comment on function content.remove_media(uuid) is
    'Takes something out of all versions of a work, and has its bytes removed.';

revoke execute on function content.remove_media(uuid) from public;
grant execute on function content.remove_media(uuid) to authenticated;
