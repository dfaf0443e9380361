-- Says when a story of mine was told, and whether it takes an elder to publish it. What is left out stays.

create or replace function stories.describe_story(
    story_id uuid,
    recorded_on date default null,
    elder_review_required boolean default null
)
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
    set
        recorded_on = coalesce(describe_story.recorded_on, s.recorded_on),
        elder_review_required = coalesce(describe_story.elder_review_required, s.elder_review_required)
    where s.tenant_id = story.tenant_id and s.id = story.id;
exception
    when foreign_key_violation then
        perform core._refuse('elder_spoke');
end
$$;

comment on function stories.describe_story(uuid, date, boolean) is
    'Says when a story of mine was told, and whether it takes an elder to publish it.';

revoke execute on function stories.describe_story(uuid, date, boolean) from public;
grant execute on function stories.describe_story(uuid, date, boolean) to authenticated;
