-- Settings are seen by those who manage them; what one is worth in a scope, core.setting() tells.

alter table core.settings enable row level security;

create policy read_manager on core.settings
for select to authenticated
using (
    scope_id in (select core.scopes_with('setting.manage'))
);

create policy read_backend on core.settings
for select to service_role, empathy_auditor
using (true);

grant select on core.settings to authenticated;
grant select on core.settings to service_role, empathy_auditor;
