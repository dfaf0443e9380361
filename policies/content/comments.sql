-- Comments are read by whoever reads what the work says, and written by them. Each policy asks for the work in one
-- place; who reads it, the work's own policies and content.legible_works say. What is said aside is for those who make
-- the work; what a moderator hid, for its author and for moderators.

alter table content.comments enable row level security;

create policy read_reader on content.comments
for select to authenticated
using (
    exists (
        select
        from content.legible_works w
        where w.tenant_id = comments.tenant_id
            and w.id = comments.work_id
            and (
                not comments.aside
                or w.id in (select content.involving_me())
                or w.state in ('submitted', 'in_review')
            )
            and (
                comments.state <> 'hidden'
                or comments.author_id in (select core.my_people())
                or w.scope_id = any ((select core.granted('comment.moderate', 2))::uuid[])
            )
    )
);

create policy read_public on content.comments
for select to anon
using (
    not aside
    and state <> 'hidden'
    and exists (
        select
        from content.works w
        where w.tenant_id = comments.tenant_id and w.id = comments.work_id
    )
);

create policy read_backend on content.comments
for select to service_role, empathy_auditor
using (true);

-- Everybody speaks for themselves, and in person: with an API key, nobody is among those they act for.
create policy insert_reader on content.comments
for insert to authenticated
with check (
    author_id = (select core.me())
    and author_id in (select core.my_people())
    and exists (
        select
        from content.legible_works w
        where w.tenant_id = comments.tenant_id
            and w.id = comments.work_id
            and w.scope_id not in (select core.barred('comment'))
            and (comments.aside or w.state = 'published')
            and (
                not comments.aside
                or w.id in (select content.involving_me())
                or w.state in ('submitted', 'in_review')
            )
    )
);

-- Only what one reads can be changed: the policies above are asked besides.
create policy update_author on content.comments
for update to authenticated
using (
    author_id in (select core.my_people())
    and state = 'visible'
    and exists (
        select
        from content.legible_works w
        where w.tenant_id = comments.tenant_id
            and w.id = comments.work_id
            and w.scope_id not in (select core.barred('comment'))
    )
);

-- Who says something, and to whom, is not for everybody.
grant select (
    tenant_id, id, work_id, parent_id, parent_path, path, thread_id, aside, body, state, created_at, edited_at
) on content.comments to anon;
grant select on content.comments to authenticated, service_role, empathy_auditor;
grant insert (tenant_id, work_id, parent_id, parent_path, aside, author_id, body, mentions)
on content.comments to authenticated;
grant update (body, mentions) on content.comments to authenticated;
