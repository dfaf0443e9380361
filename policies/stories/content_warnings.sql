-- What a story warns of is read before it is opened: by whoever may know of it.

alter table stories.content_warnings enable row level security;

create policy read_finder on stories.content_warnings
for select to anon, authenticated
using (
    exists (
        select from content.works w where w.tenant_id = content_warnings.tenant_id and w.id = content_warnings.work_id
    )
);

create policy read_backend on stories.content_warnings
for select to service_role, empathy_auditor
using (true);

grant select on stories.content_warnings to anon, authenticated, service_role, empathy_auditor;
