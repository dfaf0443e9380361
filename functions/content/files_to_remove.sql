-- What the store has to let go of, the oldest first: what was dropped, unless a legal hold covers its place or whoever
-- uploaded it. The server removes the bytes, and then says so.

create or replace function content.files_to_remove(at_most integer default 100)
returns table (id uuid, storage_key text)
language sql
stable
rows 100
set search_path = pg_catalog, pg_temp
as $$
    select f.id, f.storage_key
    from content.files f
    where f.dropped_at is not null and f.state <> 'gone' and not ops.is_held(f.scope_id, f.uploaded_by)
    order by f.dropped_at, f.id
    limit at_most
$$;

comment on function content.files_to_remove(integer) is 'What the store has to let go of.';

revoke execute on function content.files_to_remove(integer) from public;
grant execute on function content.files_to_remove(integer) to service_role;

create or replace function content.confirm_removed(file_ids uuid[])
returns void
language sql
volatile
security definer -- files are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
    update content.files f
    set state = 'gone'
    where f.id = any (file_ids) and f.dropped_at is not null
$$;

comment on function content.confirm_removed(uuid[]) is 'The store has let go of these files.';

revoke execute on function content.confirm_removed(uuid[]) from public;
grant execute on function content.confirm_removed(uuid[]) to service_role;
