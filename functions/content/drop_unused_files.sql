-- Drops what was announced more than a day ago and is shown by nothing: uploads that never ended, and those that nobody
-- added to a work. Answers how many.

create or replace function content.drop_unused_files()
returns bigint
language plpgsql
volatile
security definer -- files are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    dropped bigint;
begin
    update content.files f
    set dropped_at = now()
    where f.attached_at is null and f.dropped_at is null and f.begun_at < now() - interval '1 day';
    get diagnostics dropped = row_count;
    return dropped;
end
$$;

comment on function content.drop_unused_files() is 'Drops uploads of more than a day ago that nothing shows.';

revoke execute on function content.drop_unused_files() from public;
grant execute on function content.drop_unused_files() to service_role;
