-- Switches are seen by those who manage them; whether a module is on, core.module_on() tells.

alter table core.feature_flags enable row level security;

create policy read_manager on core.feature_flags
for select to authenticated
using (
    scope_id in (select core.scopes_with('module.manage'))
);

create policy read_backend on core.feature_flags
for select to service_role, empathy_auditor
using (true);

grant select on core.feature_flags to authenticated;
grant select on core.feature_flags to service_role, empathy_auditor;
