-- Which of these works I may know of: what the policies of content.works say, for functions that are above policies and
-- have to ask.

create or replace function content.visible(work_ids uuid[])
returns setof uuid
language sql
stable
security definer -- asked for works the person may not see: of those it says nothing
set search_path = pg_catalog, pg_temp
as $$
    select w.id from content.known_works w where w.id = any (work_ids)
$$;

comment on function content.visible(uuid[]) is 'Which of these works I may know of.';

revoke execute on function content.visible(uuid[]) from public;
grant execute on function content.visible(uuid[]) to authenticated;
