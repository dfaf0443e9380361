-- Quotas are seen by those who manage the scope.

alter table core.quotas enable row level security;

create policy read_manager on core.quotas
for select to authenticated
using (
    scope_id in (select core.scopes_with('scope.manage'))
);

create policy read_backend on core.quotas
for select to service_role, empathy_auditor
using (true);

grant select on core.quotas to authenticated;
grant select on core.quotas to service_role, empathy_auditor;
