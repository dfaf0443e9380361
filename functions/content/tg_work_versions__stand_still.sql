-- What is being reviewed, or was approved, stays as it is read; and what was published after a review or a decision
-- says nothing else without another one. Whoever wants to change it takes it back first.

create or replace function content.tg_work_versions__stand_still()
returns trigger
language plpgsql
security definer -- looks at works the person may not see
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (
        select
        from content.works w
        where w.tenant_id = new.tenant_id
            and w.id = new.work_id
            and content._stands_still(w.state, w.scope_id, new.material_version = new.number)
    )
    then
        perform core._refuse('under_review');
    end if;
    return null;
end
$$;

comment on function content.tg_work_versions__stand_still() is
    'Refuses another version of what is reviewed, or was, and would not be again.';

revoke execute on function content.tg_work_versions__stand_still() from public;
