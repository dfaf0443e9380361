-- Drops media: nobody sees them any more, and the store has to let go of their files.

create or replace function content._drop_media(media_ids uuid[])
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    with dropped as (
        delete from content.media m where m.id = any (media_ids) returning m.tenant_id, m.file_id
    )
    update content.files f
    set dropped_at = now()
    from dropped d
    where f.tenant_id = d.tenant_id and f.id = d.file_id
$$;

comment on function content._drop_media(uuid[]) is 'Drops media, and has the store let go of their files.';

revoke execute on function content._drop_media(uuid[]) from public;
