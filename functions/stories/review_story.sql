-- Says what came of reviewing a story that was given in: an elder, or any of its reviewers, for what its community
-- holds to be right. Nobody reviews what they have a hand in (content._has_a_hand_in), nor what they did not open,
-- where it is restricted. Once an elder spoke, it takes one whenever it is given in. Whoever says
-- which move gave in what they read is told when it was given in again.

create or replace function stories.review_story(
    story_id uuid,
    kind stories.review_kind,
    outcome stories.review_outcome,
    note text default '',
    submission integer default null
)
returns uuid
language plpgsql
volatile
security definer -- reviews are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    work content.works;
    given_in integer;
    review_id uuid;
begin
    -- Of a work that they may not know of, nobody waits for who holds it.
    select w.* into work
    from content.works w
    where w.id in (select content.visible(array[review_story.story_id])) and w.kind = 'story'
    for no key update;
    if kind is null or outcome is null then
        perform core._refuse('not_found', 'kind or outcome of a review');
    end if;
    if work.id is null
        or work.state not in ('submitted', 'in_review')
        or not core.can('work.review', work.scope_id)
        or (kind = 'elder' and not core._holds_role('elder', work.scope_id))
    then
        perform core._refuse('not_found', 'story for you to review');
    end if;
    if content._has_a_hand_in(work.tenant_id, work.id, me) then
        perform core._refuse('not_on_yourself');
    end if;
    perform core._require_open(work.scope_id);
    if work.protocol_set_id is not null and work.id not in (select consent.opened()) then
        perform core._refuse('not_opened');
    end if;
    select max(m.number) into given_in
    from content.work_transitions m
    where m.tenant_id = work.tenant_id and m.work_id = work.id and m.to_state = 'submitted';
    if submission <> given_in then
        perform core._refuse('given_in_again', given_in::text);
    end if;
    if kind = 'elder' then
        update stories.stories s
        set elder_review_required = true
        where s.tenant_id = work.tenant_id and s.id = work.id and not s.elder_review_required;
    end if;
    insert into stories.reviews (
        tenant_id, story_id, number, version, submission, kind, outcome, note, reviewer_id, owner_id
    )
    select
        work.tenant_id, work.id, coalesce(max(r.number), 0) + 1, work.current_version, given_in, review_story.kind,
        review_story.outcome, coalesce(review_story.note, ''), me, work.owner_id
    from stories.reviews r
    where r.tenant_id = work.tenant_id and r.story_id = work.id
    returning id into review_id;
    perform ops._emit(
        work.tenant_id, work.scope_id, 'story.reviewed',
        jsonb_build_object('work_id', work.id, 'kind', review_story.kind, 'outcome', review_story.outcome)
    );
    return review_id;
end
$$;

comment on function stories.review_story(uuid, stories.review_kind, stories.review_outcome, text, integer) is
    E'Says what came of reviewing a story, and returns the id.\n'
    'outcome: What came of it.\n'
    'note: What there is to say about it.\n'
    'submission: Which giving in was read, by the number of its move; refused, where it was given in again '
    'since.';

revoke execute on function stories.review_story(uuid, stories.review_kind, stories.review_outcome, text, integer)
from public;
grant execute on function stories.review_story(uuid, stories.review_kind, stories.review_outcome, text, integer)
to authenticated;
