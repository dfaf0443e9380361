-- Who is forgotten approves of nothing any more. Their rows go, since the log forgets the keys that name them.

create or replace function content.tg_people__take_back_votes()
returns trigger
language plpgsql
security definer -- votes are taken away by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from content.votes v where v.person_id = new.id;
    return null;
end
$$;

comment on function content.tg_people__take_back_votes() is 'Takes back the votes of somebody who is forgotten.';

revoke execute on function content.tg_people__take_back_votes() from public;
