-- A membership is seen by the person and their guardian; while active, by those who may see who belongs to
-- the scope; always by those who manage its members, there or above.

alter table core.memberships enable row level security;

create policy read_self on core.memberships
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_fellow on core.memberships
for select to authenticated
using (
    status = 'active'
    and valid_during @> now()
    and scope_id = any ((select core.granted('member.read', 2))::uuid[])
    and scope_id not in (select core.barred())
);

create policy read_manager on core.memberships
for select to authenticated
using (
    (
        tenant_id = any ((select core.granted('member.manage', 0))::uuid[])
        or project_id = any ((select core.granted('member.manage', 1))::uuid[])
        or scope_id = any ((select core.granted('member.manage', 2))::uuid[])
    )
    and scope_id not in (select core.barred())
);

create policy read_backend on core.memberships
for select to service_role, empathy_auditor
using (true);

-- What somebody said when asking to join, and why they were suspended or banned, is not for their fellows:
-- core.membership_notes() tells it to those who manage members.
grant select (
    tenant_id, id, scope_id, level, project_id, person_id, status, valid_during, open_ended,
    invited_by, joined_at, last_active_on, created_at, updated_at, ended_at
) on core.memberships to authenticated;
grant select on core.memberships to service_role, empathy_auditor;
