-- Says whether a story of mine takes the word of an elder to be published. Where one spoke about it, it does for good.

create or replace function stories.require_elder(story_id uuid, required boolean default true)
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
    set elder_review_required = coalesce(require_elder.required, s.elder_review_required)
    where s.tenant_id = story.tenant_id and s.id = story.id;
exception
    when foreign_key_violation then
        perform core._refuse('elder_spoke');
end
$$;

comment on function stories.require_elder(uuid, boolean) is
    E'Says whether a story of mine takes the word of an elder to be published.\n'
    'required: Whether it takes the word of an elder.';

revoke execute on function stories.require_elder(uuid, boolean) from public;
grant execute on function stories.require_elder(uuid, boolean) to authenticated;
