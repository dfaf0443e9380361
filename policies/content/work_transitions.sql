-- How a work came to be where it is, is for those whom it involves, and for its reviewers while it waits for them:
-- nobody else reads it then.

alter table content.work_transitions enable row level security;

create policy read_involved on content.work_transitions
for select to authenticated
using (
    work_id in (select content.involving_me())
);

create policy read_reviewer on content.work_transitions
for select to authenticated
using (
    exists (
        select
        from content.works w
        where w.tenant_id = work_transitions.tenant_id
            and w.id = work_transitions.work_id
            and w.state in ('submitted', 'in_review')
    )
);

create policy read_backend on content.work_transitions
for select to service_role, empathy_auditor
using (true);

grant select on content.work_transitions to authenticated, service_role, empathy_auditor;
