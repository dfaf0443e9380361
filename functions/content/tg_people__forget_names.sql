-- Who is forgotten is named nowhere.

create or replace function content.tg_people__forget_names()
returns trigger
language plpgsql
security definer -- attributions of everybody's works
set search_path = pg_catalog, pg_temp
as $$
begin
    update content.attributions a set named_as = new.display_name where a.person_id = new.id;
    return null;
end
$$;

comment on function content.tg_people__forget_names() is 'Names somebody no more who is forgotten.';

revoke execute on function content.tg_people__forget_names() from public;
