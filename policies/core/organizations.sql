-- An organization is seen by whoever sees its root scope: whoever belongs anywhere in it, and everybody when the scope
-- is public.

alter table core.organizations enable row level security;

create policy read_scope on core.organizations
for select to anon, authenticated
using (
    exists (
        select
        from core.scopes s
        where s.tenant_id = organizations.id and s.id = organizations.id
    )
);

create policy read_backend on core.organizations
for select to service_role, empathy_auditor
using (true);

grant select on core.organizations to anon, authenticated;
grant select on core.organizations to service_role, empathy_auditor;
