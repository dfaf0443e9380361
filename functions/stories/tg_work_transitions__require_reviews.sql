-- No story is published without the reviews that it asks for, whoever moves it: it was approved, and the last review of
-- each kind since it was given in approved of it. Nobody's counts who has a hand in it by now, or turned out to be
-- somebody who has.

create or replace function stories.tg_work_transitions__require_reviews()
returns trigger
language plpgsql
security definer -- asks what everybody said
set search_path = pg_catalog, pg_temp
as $$
declare
    missing stories.review_kind;
begin
    select asked.kind into missing
    from unnest(stories._reviews_asked(new.tenant_id, new.work_id)) as asked (kind)
    left join lateral (
        select r.outcome, r.reviewer_id
        from stories.reviews r
        where r.tenant_id = new.tenant_id
            and r.story_id = new.work_id
            and r.kind = asked.kind
            and r.submission = (
                select max(m.number)
                from content.work_transitions m
                where m.tenant_id = new.tenant_id and m.work_id = new.work_id and m.to_state = 'submitted'
            )
        order by r.number desc
        limit 1
    ) last on true
    where new.from_state <> 'approved'
        or last.outcome is distinct from 'approved'
        or content._has_a_hand_in(new.tenant_id, new.work_id, last.reviewer_id)
    order by asked.kind
    limit 1;
    if missing is not null then
        perform core._refuse('review_missing', missing::text);
    end if;
    return null;
end
$$;

comment on function stories.tg_work_transitions__require_reviews() is
    'Lets no story be published without the reviews that it asks for.';

revoke execute on function stories.tg_work_transitions__require_reviews() from public;
