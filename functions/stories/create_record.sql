-- Begins a community's own telling beside a story that I may know of: in another community of mine, under consents and
-- protocols of its own. Neither opens the other.

create or replace function stories.create_record(
    original_id uuid,
    scope_id uuid,
    title text,
    body jsonb,
    plain_text text default '',
    summary text default '',
    lang text default null,
    visibility content.work_visibility default 'private'
)
returns uuid
language plpgsql
volatile
security definer -- works are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    original content.works;
    work content.works;
begin
    select w.* into original
    from content.works w
    join stories.stories s on s.tenant_id = w.tenant_id and s.id = w.id and not s.is_record
    join core.scopes c on c.tenant_id = w.tenant_id and c.id = create_record.scope_id
    where w.id = create_record.original_id
        and w.scope_id <> create_record.scope_id
        and w.id in (select content.visible(array[w.id]));
    if original.id is null then
        perform core._refuse('not_found', 'story of another community');
    end if;
    work := content._create_work('story', scope_id, title, body, plain_text, summary, lang, visibility);
    insert into stories.stories (tenant_id, id, is_record, elder_review_required)
    values (work.tenant_id, work.id, true, core.setting('stories.elder_reviewed', work.scope_id) = 'true');
    insert into stories.community_records (tenant_id, id, original_id)
    values (work.tenant_id, work.id, original.id);
    return work.id;
end
$$;

comment on function stories.create_record(
    uuid, uuid, text, jsonb, text, text, text, content.work_visibility
) is
    E'Begins a community''s own telling beside a story, and returns its id.\n'
    'original_id: The story that it stands beside.\n'
    'scope_id: The community whose telling it is.\n'
    'title: What it is called.\n'
    'body: What it says, in whatever form the app reads.\n'
    'plain_text: The same as plain words, to be searched and read aloud.\n'
    'summary: What it is about.\n'
    'lang: The language it is in.\n'
    'visibility: How far it may be shared at most.';

revoke execute on function stories.create_record(
    uuid, uuid, text, jsonb, text, text, text, content.work_visibility
) from public;
grant execute on function stories.create_record(
    uuid, uuid, text, jsonb, text, text, text, content.work_visibility
) to authenticated;
