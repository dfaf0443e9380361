-- Single permissions of a membership are seen by the person, and by those who grant roles there or above.

alter table core.membership_permissions enable row level security;

create policy read_granter on core.membership_permissions
for select to authenticated
using (
    exists (
        select
        from core.memberships m
        where m.tenant_id = membership_permissions.tenant_id
            and m.id = membership_permissions.membership_id
            and (
                m.person_id in (select core.my_people())
                or m.tenant_id = any ((select core.granted('role.grant', 0))::uuid[])
                or m.project_id = any ((select core.granted('role.grant', 1))::uuid[])
                or m.scope_id = any ((select core.granted('role.grant', 2))::uuid[])
            )
    )
);

create policy read_backend on core.membership_permissions
for select to service_role, empathy_auditor
using (true);

grant select on core.membership_permissions to authenticated;
grant select on core.membership_permissions to service_role, empathy_auditor;
