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
    me constant uuid := content.speaker(
        (
            select w.scope_id
            from content.works w
            left join content.comments c
                on c.tenant_id = w.tenant_id
                and c.work_id = w.id
                and c.id = add_comment.parent_id
                and c.state = 'visible'
            where w.id = add_comment.work_id and (add_comment.parent_id is null or c.id is not null)
        )
    );
    comment_id uuid;
begin
    insert into content.comments (tenant_id, work_id, parent_id, parent_path, aside, author_id, body, mentions)
    select
        w.tenant_id, w.id, c.id, c.path, coalesce(c.aside, w.state <> 'published'), me,
        add_comment.body, add_comment.mentions
    from content.works w
    left join content.comments c on c.tenant_id = w.tenant_id and c.id = add_comment.parent_id
    where w.id = add_comment.work_id
    returning id into comment_id;
    return comment_id;
end
$$;

comment on function content.add_comment(uuid, text, uuid, uuid[]) is
    E'Says something to a work, or replies to a comment, and returns the id.\n'
    'body: What it says.\n'
    'parent_id: The comment that it replies to; without one, it begins a thread.\n'
    'mentions: People whom it speaks of or to; each of them has to be able to read the work.';

revoke execute on function content.add_comment(uuid, text, uuid, uuid[]) from public;
grant execute on function content.add_comment(uuid, text, uuid, uuid[]) to authenticated;
