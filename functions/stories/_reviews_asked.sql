-- Which reviews a story is not published without: an elder's, where it or its place asks for one; for what its
-- community holds to be right, where its place does.

create or replace function stories._reviews_asked(tenant_id uuid, story_id uuid)
returns stories.review_kind[]
language sql
stable
security definer -- settings of places the person may not see
set search_path = pg_catalog, pg_temp
as $$
    select array_remove(
        array[
            case
                when s.elder_review_required or core.setting('stories.elder_reviewed', w.scope_id) = 'true'
                    then 'elder'
            end,
            case when core.setting('stories.culturally_reviewed', w.scope_id) = 'true' then 'cultural' end
        ]::stories.review_kind[],
        null
    )
    from stories.stories s
    join content.works w on w.tenant_id = s.tenant_id and w.id = s.id
    where s.tenant_id = _reviews_asked.tenant_id and s.id = _reviews_asked.story_id
$$;

comment on function stories._reviews_asked(uuid, uuid) is 'Which reviews a story is not published without.';

revoke execute on function stories._reviews_asked(uuid, uuid) from public;
