-- An account is for whoever it belongs to, those who act for them, and those who read the books of its place or of the
-- organization.

alter table value.accounts enable row level security;

create policy read_own on value.accounts
for select to authenticated
using (
    person_id in (select core.my_people())
    or work_id in (select content.involving_me())
);

create policy read_books on value.accounts
for select to authenticated
using (
    tenant_id = any ((select core.granted('value.read', 0))::uuid[])
    or scope_id in (select core.scopes_with('value.read'))
);

create policy read_backend on value.accounts
for select to service_role, empathy_auditor
using (true);

grant select on value.accounts to authenticated, service_role, empathy_auditor;
