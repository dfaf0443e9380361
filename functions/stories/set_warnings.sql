-- Says what a story of mine warns of: this, and nothing else. What is on record it warns of in any case; and of what it
-- warned when it was reviewed.

create or replace function stories.set_warnings(story_id uuid, kinds text[])
returns void
language plpgsql
volatile
security definer -- warnings are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    story constant stories.stories := stories._my_story(story_id);
begin
    if exists (
        select
        from unnest(kinds) wanted (kind)
        left join stories.warning_kinds k on k.kind = wanted.kind
        where k.kind is null
    ) then
        perform core._refuse('not_found', 'kind of warning');
    end if;
    if content._stands_still(story.tenant_id, story.id, false)
        and exists (
            select
            from stories.content_warnings c
            where c.tenant_id = story.tenant_id
                and c.work_id = story.id
                and c.source = 'teller'
                and c.kind <> all (coalesce(kinds, '{}'))
        )
    then
        perform core._refuse('under_review');
    end if;
    delete from stories.content_warnings c
    where c.tenant_id = story.tenant_id
        and c.work_id = story.id
        and c.source = 'teller'
        and c.kind <> all (coalesce(kinds, '{}'));
    insert into stories.content_warnings (tenant_id, work_id, kind, source)
    select story.tenant_id, story.id, wanted.kind, 'teller'
    from unnest(kinds) wanted (kind)
    on conflict on constraint content_warnings_pkey do nothing;
end
$$;

comment on function stories.set_warnings(uuid, text[]) is
    E'Says what a story of mine warns of.\n'
    'kinds: All that it warns of, by their kinds; none clears them.';

revoke execute on function stories.set_warnings(uuid, text[]) from public;
grant execute on function stories.set_warnings(uuid, text[]) to authenticated;
