-- Nothing is said in a place that is archived, nor in an organization that is not active. Those who listen are told.
-- After the row is written, so that whoever may not write it learns nothing here of its work.

create or replace function content.tg_comments__admit()
returns trigger
language plpgsql
security definer -- looks at places the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
begin
    select w.* into work from content.works w where w.tenant_id = new.tenant_id and w.id = new.work_id;
    perform core._require_open(work.scope_id);
    -- Who is being forgotten at this moment says nothing more. What they said before, it is enough to lock.
    if tg_op = 'INSERT' then
        perform core._require_present(new.author_id);
    end if;
    perform ops._emit(
        work.tenant_id, work.scope_id, case tg_op when 'INSERT' then 'comment.added' else 'comment.edited' end,
        jsonb_build_object('comment_id', new.id, 'work_id', new.work_id)
    );
    return null;
end
$$;

comment on function content.tg_comments__admit() is 'Lets something be said only where the place is open.';

revoke execute on function content.tg_comments__admit() from public;
