-- Who is forgotten helps with nothing any more. Their rows go, since the log forgets the keys that name them.

create or replace function content.tg_people__stop_helping()
returns trigger
language plpgsql
security definer -- collaborators are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from content.work_collaborators c where c.person_id = new.id;
    return null;
end
$$;

comment on function content.tg_people__stop_helping() is
    'Takes somebody who is forgotten off the works that they helped with.';

revoke execute on function content.tg_people__stop_helping() from public;
