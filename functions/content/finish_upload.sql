-- The bytes of a file have arrived, and are those that were announced: the server has counted and hashed them. Answers
-- whether they arrived only now: of two who send the same at once, one is first. What was dropped meanwhile is refused,
-- and the server lets go of the bytes.

create or replace function content.finish_upload(file_id uuid, encryption content.file_encryption default 'none')
returns boolean
language plpgsql
volatile
security definer -- files are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    update content.files f
    set state = 'arrived', arrived_at = now(), encryption = finish_upload.encryption
    where f.id = finish_upload.file_id and f.state = 'expected' and f.dropped_at is null;
    if found then
        return true;
    end if;
    if not exists (select from content.files f where f.id = finish_upload.file_id and f.dropped_at is null) then
        perform core._refuse('not_found', 'upload');
    end if;
    return false;
end
$$;

comment on function content.finish_upload(uuid, content.file_encryption) is
    'The bytes of a file have arrived; answers whether only now.';

revoke execute on function content.finish_upload(uuid, content.file_encryption) from public;
grant execute on function content.finish_upload(uuid, content.file_encryption) to service_role;
