-- Puts something in a work under protocols of a community, so that it is for fewer than the work; with none, takes it
-- from under them. Who may, consent._require_protecting() says.

create or replace function consent.protect_media(
    media_id uuid,
    scope_id uuid,
    protocol_ids uuid[],
    match consent.protocol_match default 'all'
)
returns void
language plpgsql
volatile
security definer -- media are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    medium content.media;
    set_id uuid;
begin
    perform core._require_person();
    perform core._require_read_committed();
    -- The work first, as whoever writes on it does; and only one that they may know of, or they would learn of it by
    -- waiting for who holds it.
    perform
    from content.works w
    where w.id in (
        select content.visible(array[m.work_id]) from content.media m where m.id = protect_media.media_id
    )
    for no key update;
    select m.* into medium from content.media m where m.id = protect_media.media_id;
    set_id := consent._protected(medium.work_id, medium.protocol_set_id, scope_id, protocol_ids, match);
    update content.media m
    set protocol_set_id = set_id
    where m.tenant_id = medium.tenant_id and m.id = medium.id;
end
$$;

comment on function consent.protect_media(uuid, uuid, uuid[], consent.protocol_match) is
    E'Puts something in a work under protocols of a community, or takes it from under them.\n'
    'scope_id: The community.\n'
    'protocol_ids: The protocols of that community that it stands under from now on; with none, it stands under '
    'none of theirs.\n'
    'match: Whether all of them have to be passed, or any one.';

revoke execute on function consent.protect_media(uuid, uuid, uuid[], consent.protocol_match) from public;
grant execute on function consent.protect_media(uuid, uuid, uuid[], consent.protocol_match) to authenticated;
