-- What an API key may make use of is seen by whoever sees the key.

alter table core.api_key_permissions enable row level security;

create policy read_key on core.api_key_permissions
for select to authenticated
using (
    exists (select from core.api_keys k where k.id = api_key_permissions.api_key_id)
);

create policy read_backend on core.api_key_permissions
for select to service_role, empathy_auditor
using (true);

grant select on core.api_key_permissions to authenticated;
grant select on core.api_key_permissions to service_role, empathy_auditor;
