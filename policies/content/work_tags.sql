-- What a work is called by is for whoever may read it.

alter table content.work_tags enable row level security;

create policy read_reader on content.work_tags
for select to anon, authenticated
using (
    exists (select from content.works w where w.tenant_id = work_tags.tenant_id and w.id = work_tags.work_id)
);

create policy read_backend on content.work_tags
for select to service_role, empathy_auditor
using (true);

-- Who called it so is not for everybody.
grant select (tenant_id, work_id, word_id, tag_id, leads_on, synonym_id, resolves, added_at)
on content.work_tags to anon;
grant select on content.work_tags to authenticated, service_role, empathy_auditor;
