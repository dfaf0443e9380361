-- What was published after an elder's word, or a review of what its community holds to be right, says nothing else
-- without another one. Whoever wants to change it takes it back first.

create or replace function stories.tg_work_versions__stand_still()
returns trigger
language plpgsql
security definer -- asks of works whoever writes may not see
set search_path = pg_catalog, pg_temp
as $$
begin
    if new.material_version = new.number
        and cardinality(stories._reviews_asked(new.tenant_id, new.work_id)) > 0
        and exists (
            select
            from content.works w
            where w.tenant_id = new.tenant_id and w.id = new.work_id and w.state = 'published'
        )
    then
        perform core._refuse('under_review');
    end if;
    return null;
end
$$;

comment on function stories.tg_work_versions__stand_still() is
    'Refuses to let a published story say something else without the reviews that it was published after.';

revoke execute on function stories.tg_work_versions__stand_still() from public;
