-- Who is forgotten takes along what there was to see or hear in their works, and what they had only uploaded. What they
-- added to the works of others stays: it is said there by others.

create or replace function content.tg_people__drop_files()
returns trigger
language plpgsql
security definer -- files are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform content._drop_media(
        array(
            select m.id
            from content.works w
            join content.media m on m.tenant_id = w.tenant_id and m.work_id = w.id
            where w.owner_id = new.id
        )
    );
    update content.files f
    set dropped_at = now()
    where f.uploaded_by = new.id and f.attached_at is null and f.dropped_at is null;
    return null;
end
$$;

comment on function content.tg_people__drop_files() is 'Drops the files of who is forgotten.';

revoke execute on function content.tg_people__drop_files() from public;
