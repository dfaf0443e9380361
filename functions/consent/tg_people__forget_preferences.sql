-- What somebody would answer is forgotten with them: nobody can read it any more.

create or replace function consent.tg_people__forget_preferences()
returns trigger
language plpgsql
security definer -- nobody may write preferences of others
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from consent.preferences p where p.person_id = new.id;
    return null;
end
$$;

comment on function consent.tg_people__forget_preferences() is
    'Drops what somebody who is forgotten would have answered.';

revoke execute on function consent.tg_people__forget_preferences() from public;
