-- What reviewers said is for those whom a story involves, and for its reviewers while it waits for them: nobody else
-- reads it then.

alter table stories.reviews enable row level security;

create policy read_involved on stories.reviews
for select to authenticated
using (
    story_id in (select content.involving_me())
);

create policy read_reviewer on stories.reviews
for select to authenticated
using (
    exists (
        select
        from content.works w
        where w.tenant_id = reviews.tenant_id
            and w.id = reviews.story_id
            and w.state in ('submitted', 'in_review')
    )
);

create policy read_backend on stories.reviews
for select to service_role, empathy_auditor
using (true);

grant select on stories.reviews to authenticated, service_role, empathy_auditor;
