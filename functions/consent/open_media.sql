-- Opens for me what is restricted in a work that I may know of, and says until when. It can be seen in the next
-- transaction, by whoever reads the work there; all that stands under the same protocols in it is opened with it.

create or replace function consent.open_media(media_id uuid)
returns timestamptz
language plpgsql
volatile
security definer -- openings are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    medium content.media;
begin
    perform core._require_person();
    select m.* into medium
    from content.media m
    where m.id = open_media.media_id
        and m.protocol_set_id in (select consent.passed_sets())
        and m.work_id in (select content.visible(array[m.work_id]))
        and m.work_id not in (select consent.asking_me());
    if medium.id is null then
        perform core._refuse('not_found', 'medium for you to open');
    end if;
    return consent._open_set(medium.tenant_id, medium.work_id, medium.protocol_set_id);
end
$$;

comment on function consent.open_media(uuid) is 'Opens for me what is restricted in a work, and says until when.';

revoke execute on function consent.open_media(uuid) from public;
grant execute on function consent.open_media(uuid) to authenticated;
