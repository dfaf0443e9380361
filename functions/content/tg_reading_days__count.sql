-- Counts a reading.

create or replace function content.tg_reading_days__count()
returns trigger
language plpgsql
security definer -- counts are nobody's to write
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into content.work_count_steps (tenant_id, work_id, views) values (new.tenant_id, new.work_id, 1);
    return null;
end
$$;

comment on function content.tg_reading_days__count() is 'Counts a reading.';

revoke execute on function content.tg_reading_days__count() from public;
