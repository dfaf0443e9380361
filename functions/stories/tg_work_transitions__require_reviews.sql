-- No story is published without the reviews that it asks for, whoever moves it: the last of each kind, of what it says
-- now, approved.

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
    where not exists (
        select
        from content.works w
        join content.work_versions v
            on v.tenant_id = w.tenant_id and v.work_id = w.id and v.number = w.current_version
        cross join lateral (
            select r.outcome
            from stories.reviews r
            where r.tenant_id = w.tenant_id
                and r.story_id = w.id
                and r.kind = asked.kind
                and r.version >= v.material_version
            order by r.number desc
            limit 1
        ) last
        where w.tenant_id = new.tenant_id and w.id = new.work_id and last.outcome = 'approved'
    )
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
