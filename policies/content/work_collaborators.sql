-- Who makes a work together is for those whom it involves.

alter table content.work_collaborators enable row level security;

create policy read_involved on content.work_collaborators
for select to authenticated
using (
    work_id in (select content.involving_me())
    or exists (
        select
        from content.works w
        where w.tenant_id = work_collaborators.tenant_id
            and w.id = work_collaborators.work_id
            and w.owner_id in (select core.my_people())
    )
);

create policy read_backend on content.work_collaborators
for select to service_role, empathy_auditor
using (true);

grant select on content.work_collaborators to authenticated, service_role, empathy_auditor;
