-- An organization is seen by whoever belongs anywhere in it, and by everybody when its root scope is public.

alter table core.organizations enable row level security;

create policy read_member on core.organizations
for select to authenticated
using (
    id = any ((select core.reach(0))::uuid[])
    and id not in (select core.barred())
);

create policy read_public on core.organizations
for select to anon, authenticated
using (
    exists (
        select
        from core.scopes s
        where s.tenant_id = organizations.id and s.id = organizations.id and s.visibility = 'public'
    )
);

create policy read_backend on core.organizations
for select to service_role, empathy_auditor
using (true);

grant select on core.organizations to authenticated, anon;
grant select on core.organizations to service_role, empathy_auditor;
