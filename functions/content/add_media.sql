-- Adds a file that I uploaded to a work that I write on, and returns the id of its place. Those who make the work see
-- it at once; readers with the next version that changes what is said, when everyone consents to that.

create or replace function content.add_media(
    work_id uuid,
    file_id uuid,
    alt_text text,
    caption text default '',
    duration_ms integer default null,
    sensitivity content.sensitivity default 'none'
)
returns uuid
language plpgsql
volatile
security definer -- media are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._work_to_write(work_id);
    media_id uuid;
begin
    -- Written, and not only looked at: whoever drops what nothing shows finds it changed.
    update content.files f
    set attached_at = now()
    where f.tenant_id = work.tenant_id
        and f.id = add_media.file_id
        and f.scope_id = work.scope_id
        and f.uploaded_by = any (array(select core.my_people()))
        and f.state = 'arrived'
        and f.attached_at is null
        and f.dropped_at is null;
    if not found then
        perform core._refuse('not_found', 'file of yours to add');
    end if;
    insert into content.placements (tenant_id, work_id, position)
    select work.tenant_id, work.id, coalesce(max(p.position), 0) + 1
    from content.placements p
    where p.tenant_id = work.tenant_id and p.work_id = work.id
    returning id into media_id;
    insert into content.media (
        tenant_id, id, work_id, file_id, alt_text, caption, duration_ms, sensitivity, added_by
    )
    values (
        work.tenant_id, media_id, work.id, add_media.file_id, add_media.alt_text, add_media.caption,
        add_media.duration_ms, add_media.sensitivity, core.me()
    );
    return media_id;
end
$$;

comment on function content.add_media(uuid, uuid, text, text, integer, content.sensitivity) is
    E'Adds a file to a work, and returns the id of its place. Readers see it with the next version.\n'
    'alt_text: What is seen or heard, in words.\n'
    'caption: What is said about it.\n'
    'duration_ms: How long it takes, in thousandths of a second.\n'
    'sensitivity: What whoever reads may want to be warned of.';

revoke execute on function content.add_media(uuid, uuid, text, text, integer, content.sensitivity) from public;
grant execute on function content.add_media(uuid, uuid, text, text, integer, content.sensitivity) to authenticated;
