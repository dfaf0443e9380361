-- Words are for whoever belongs to the organization, whatever is called by them; for everybody else, those that
-- something is called by that they read.

alter table content.tags enable row level security;

create policy read_member on content.tags
for select to authenticated
using (
    tenant_id = any ((select core.reach(0))::uuid[])
);

create policy read_reader on content.tags
for select to anon, authenticated
using (
    exists (
        select
        from content.work_tags t
        where t.tenant_id = tags.tenant_id and tags.id in (t.word_id, t.tag_id)
    )
);

create policy read_backend on content.tags
for select to service_role, empathy_auditor
using (true);

-- Who brought a word in is not for everybody.
grant select (tenant_id, id, slug, name, is_synonym, synonym_id, created_at) on content.tags to anon;
grant select on content.tags to authenticated, service_role, empathy_auditor;
