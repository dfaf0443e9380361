-- What brought something in is for those who read the books there, and those whom the work involves.

alter table value.value_events enable row level security;

create policy read_own on value.value_events
for select to authenticated
using (
    work_id in (select content.involving_me())
);

create policy read_books on value.value_events
for select to authenticated
using (
    tenant_id = any ((select core.granted('value.read', 0))::uuid[])
    or scope_id in (select core.scopes_with('value.read'))
);

create policy read_backend on value.value_events
for select to service_role, empathy_auditor
using (true);

grant select on value.value_events, value.value_metrics to authenticated, service_role, empathy_auditor;
