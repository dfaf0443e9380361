-- Says something to a work that I can read, or replies to what somebody said, and returns the id. While the work is
-- being made, it is said aside. In the rights of whoever calls: who reads a work, its policies say.

create or replace function content.add_comment(
    work_id uuid,
    body text,
    parent_id uuid default null,
    mentions uuid[] default '{}'
)
returns uuid
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    work content.works;
    parent content.comments;
    comment_id uuid;
begin
    select w.* into work from content.works w where w.id = add_comment.work_id;
    if work.id is null then
        perform core._refuse('not_found', 'work');
    end if;
    if work.scope_id in (select core.barred('comment')) then
        perform core._refuse('barred', 'comment');
    end if;
    if parent_id is not null then
        select c.* into parent
        from content.comments c
        where c.tenant_id = work.tenant_id
            and c.work_id = work.id
            and c.id = add_comment.parent_id
            and c.state = 'visible';
        if parent.id is null then
            perform core._refuse('not_found', 'comment');
        end if;
    end if;
    insert into content.comments (tenant_id, work_id, parent_id, parent_path, aside, author_id, body, mentions)
    values (
        work.tenant_id, work.id, parent.id, parent.path, coalesce(parent.aside, work.state <> 'published'), me,
        add_comment.body, add_comment.mentions
    )
    returning id into comment_id;
    return comment_id;
end
$$;

comment on function content.add_comment(uuid, text, uuid, uuid[]) is
    'Says something to a work, or replies to a comment, and returns the id.';

revoke execute on function content.add_comment(uuid, text, uuid, uuid[]) from public;
grant execute on function content.add_comment(uuid, text, uuid, uuid[]) to authenticated;
