-- Who is forgotten has said nothing, and is spoken of nowhere.

create or replace function content.tg_people__forget_comments()
returns trigger
language plpgsql
security definer -- comments of everybody's works
set search_path = pg_catalog, pg_temp
as $$
begin
    update content.comments c
    set state = 'deleted', author_id = null, body = '', mentions = '{}'
    where c.author_id = new.id;
    update content.comments c
    set mentions = array_remove(c.mentions, new.id)
    where c.mentions @> array[new.id];
    return null;
end
$$;

comment on function content.tg_people__forget_comments() is 'Takes back what somebody said who is forgotten.';

revoke execute on function content.tg_people__forget_comments() from public;
