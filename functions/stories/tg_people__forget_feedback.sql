-- Who is forgotten has said nothing.

create or replace function stories.tg_people__forget_feedback()
returns trigger
language plpgsql
security definer -- feedback of everybody's places
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from stories.feedback f where f.person_id = new.id;
    return null;
end
$$;

comment on function stories.tg_people__forget_feedback() is 'Takes back what somebody said who is forgotten.';

revoke execute on function stories.tg_people__forget_feedback() from public;
