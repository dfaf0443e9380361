-- Says on which day a story of mine was told, or recorded. Without one, it does not say.

create or replace function stories.date_story(story_id uuid, recorded_on date default null)
returns void
language plpgsql
volatile
security definer -- works are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    story constant stories.stories := stories._my_story(story_id);
begin
    update stories.stories s
    set recorded_on = date_story.recorded_on
    where s.tenant_id = story.tenant_id and s.id = story.id;
end
$$;

comment on function stories.date_story(uuid, date) is 'Says on which day a story of mine was told, or recorded.';

revoke execute on function stories.date_story(uuid, date) from public;
grant execute on function stories.date_story(uuid, date) to authenticated;
