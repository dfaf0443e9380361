-- Which word says the same as which other is for whoever belongs to the organization.

alter table content.tag_synonyms enable row level security;

create policy read_member on content.tag_synonyms
for select to authenticated
using (
    tenant_id = any ((select core.reach(0))::uuid[])
);

create policy read_backend on content.tag_synonyms
for select to service_role, empathy_auditor
using (true);

grant select on content.tag_synonyms to authenticated, service_role, empathy_auditor;
