-- Files take storage in their place and all above it, from when they are announced until their bytes are gone.

create or replace function content.tg_files__count_bytes()
returns trigger
language plpgsql
security definer -- nobody may write the count
set search_path = pg_catalog, pg_temp
as $$
declare
    was constant boolean := tg_op <> 'INSERT' and old.state <> 'gone';
    is_now constant boolean := tg_op <> 'DELETE' and new.state <> 'gone';
    file constant content.files := coalesce(new, old);
begin
    if was <> is_now then
        perform core._count_use(file.scope_id, 'storage_bytes', case when is_now then file.bytes else -file.bytes end);
    end if;
    return null;
end
$$;

comment on function content.tg_files__count_bytes() is 'Counts storage.';

revoke execute on function content.tg_files__count_bytes() from public;
