-- Counts the comments that every reader of a work can read.

create or replace function content.tg_comments__count()
returns trigger
language plpgsql
security definer -- counts are nobody's to write
set search_path = pg_catalog, pg_temp
as $$
declare
    comment constant content.comments := coalesce(new, old);
    more integer := 0;
begin
    if old.state = 'visible' then
        more := more - 1;
    end if;
    if new.state = 'visible' then
        more := more + 1;
    end if;
    if not comment.aside then
        insert into content.work_count_steps (tenant_id, work_id, comments)
        values (comment.tenant_id, comment.work_id, more);
    end if;
    return null;
end
$$;

comment on function content.tg_comments__count() is 'Counts comments.';

revoke execute on function content.tg_comments__count() from public;
