-- What only a story has is read by whoever may read what the work says.

alter table stories.stories enable row level security;

create policy read_reader on stories.stories
for select to authenticated
using (
    exists (select from content.legible_works w where w.tenant_id = stories.tenant_id and w.id = stories.id)
);

create policy read_public on stories.stories
for select to anon
using (
    exists (select from content.works w where w.tenant_id = stories.tenant_id and w.id = stories.id)
);

create policy read_backend on stories.stories
for select to service_role, empathy_auditor
using (true);

grant select on stories.stories to anon, authenticated, service_role, empathy_auditor;
grant select on stories.project_stories to anon, authenticated, service_role, empathy_auditor;
grant select on stories.storytellers, stories.storyteller_dashboard to authenticated, service_role, empathy_auditor;
