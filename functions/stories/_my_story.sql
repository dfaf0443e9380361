-- A story of mine, whose work is locked until I am done with it; or a refusal.

create or replace function stories._my_story(story_id uuid)
returns record -- of stories.stories, which is built after this
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(story_id);
    story stories.stories;
begin
    select s.* into story from stories.stories s where s.tenant_id = work.tenant_id and s.id = work.id;
    if story.id is null then
        perform core._refuse('not_found', 'story of yours');
    end if;
    return story;
end
$$;

comment on function stories._my_story(uuid) is 'A story of mine, locked; or a refusal.';

revoke execute on function stories._my_story(uuid) from public;
