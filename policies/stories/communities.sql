-- What a community is, is seen by whoever finds it.

alter table stories.communities enable row level security;

create policy read_scope on stories.communities
for select to anon, authenticated
using (
    exists (
        select from core.scopes s where s.tenant_id = communities.tenant_id and s.id = communities.id
    )
);

create policy read_backend on stories.communities
for select to service_role, empathy_auditor
using (true);

grant select on stories.communities to anon, authenticated, service_role, empathy_auditor;
grant select on stories.elders, stories.community_governance to authenticated, service_role, empathy_auditor;
