-- An API key is seen by whoever made it, and by those who manage keys there. Its hash is not granted.

alter table core.api_keys enable row level security;

create policy read_manager on core.api_keys
for select to authenticated
using (
    person_id in (select core.my_people())
    or scope_id in (select core.scopes_with('key.manage'))
);

create policy read_backend on core.api_keys
for select to service_role, empathy_auditor
using (true);

grant select (
    id, tenant_id, scope_id, person_id, name, channel, requests_per_minute, expires_at,
    rotated_from, last_used_on, created_at, revoked_at
) on core.api_keys to authenticated;
grant select (
    id, tenant_id, scope_id, person_id, name, channel, requests_per_minute, expires_at,
    rotated_from, last_used_on, created_at, revoked_at
) on core.api_keys to service_role, empathy_auditor;
