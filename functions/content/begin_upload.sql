-- Announces a file for a work that I write on, and returns its id. The server takes these bytes and no others; they
-- take storage from now on, and what a work does not show within a day is dropped.

create or replace function content.begin_upload(work_id uuid, mime text, bytes bigint, sha256 text)
returns uuid
language plpgsql
volatile
security definer -- files are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._work_to_write(work_id);
    file_id uuid;
begin
    insert into content.files (tenant_id, scope_id, sha256, mime, bytes, uploaded_by)
    values (
        work.tenant_id, work.scope_id, begin_upload.sha256, begin_upload.mime, begin_upload.bytes, core.me()
    )
    returning id into file_id;
    return file_id;
end
$$;

comment on function content.begin_upload(uuid, text, bigint, text) is
    E'Announces a file for a work that I write on, and returns its id: ask the server where to send its bytes.\n'
    'mime: What kind of file it is, such as image/jpeg.\n'
    'bytes: How long it is.\n'
    'sha256: The SHA-256 of its bytes, in hexadecimal; other bytes do not arrive.';

revoke execute on function content.begin_upload(uuid, text, bigint, text) from public;
grant execute on function content.begin_upload(uuid, text, bigint, text) to authenticated;
