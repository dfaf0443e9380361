-- Why a comment was hidden is for its author, and for those who moderate there; whether they see the comment at all,
-- its own policies say. Nobody moderates what is their own.

alter table content.comment_moderations enable row level security;

create policy read_concerned on content.comment_moderations
for select to authenticated
using (
    exists (
        select
        from content.comments c
        join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
        where c.tenant_id = comment_moderations.tenant_id
            and c.id = comment_moderations.comment_id
            and (
                c.author_id in (select core.my_people())
                or w.scope_id = any ((select core.granted('comment.moderate', 2))::uuid[])
            )
    )
);

create policy read_backend on content.comment_moderations
for select to service_role, empathy_auditor
using (true);

create policy insert_moderator on content.comment_moderations
for insert to authenticated
with check (
    moderator_id = (select core.me())
    and moderator_id in (select core.my_people())
    and exists (
        select
        from content.comments c
        join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
        where c.tenant_id = comment_moderations.tenant_id
            and c.id = comment_moderations.comment_id
            and c.author_id not in (select core.my_people())
            and w.scope_id = any ((select core.granted('comment.moderate', 2))::uuid[])
    )
);

grant select on content.comment_moderations to authenticated, service_role, empathy_auditor;
grant insert (tenant_id, comment_id, hides, reason, moderator_id) on content.comment_moderations to authenticated;
