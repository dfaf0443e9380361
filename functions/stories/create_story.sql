-- Begins a story. Until it is published, and everyone who has to consents to sharing it, only its teller and those who
-- help with it read it. Where its place asks for the word of an elder, so does the story.

create or replace function stories.create_story(
    scope_id uuid,
    title text,
    body jsonb,
    plain_text text default '',
    summary text default '',
    lang text default null,
    visibility content.work_visibility default 'private',
    recorded_on date default null,
    elder_review_required boolean default false
)
returns uuid
language plpgsql
volatile
security definer -- works are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._create_work(
        'story', scope_id, title, body, plain_text, summary, lang, visibility
    );
begin
    insert into stories.stories (tenant_id, id, recorded_on, elder_review_required)
    values (
        work.tenant_id, work.id, create_story.recorded_on,
        coalesce(create_story.elder_review_required, false)
            or core.setting('stories.elder_reviewed', work.scope_id) = 'true'
    );
    return work.id;
end
$$;

comment on function stories.create_story(
    uuid, text, jsonb, text, text, text, content.work_visibility, date, boolean
) is
    E'Begins a story, and returns its id.\n'
    'body: What it says, in whatever form the app reads.\n'
    'plain_text: The same as plain words, to be searched and read aloud.';

revoke execute on function stories.create_story(
    uuid, text, jsonb, text, text, text, content.work_visibility, date, boolean
) from public;
grant execute on function stories.create_story(
    uuid, text, jsonb, text, text, text, content.work_visibility, date, boolean
) to authenticated;
