-- An appeal is seen by whoever sees the sanction.

alter table core.sanction_appeals enable row level security;

create policy read_sanction on core.sanction_appeals
for select to authenticated
using (
    exists (
        select
        from core.sanctions s
        where s.tenant_id = sanction_appeals.tenant_id and s.id = sanction_appeals.sanction_id
    )
);

create policy read_backend on core.sanction_appeals
for select to service_role, empathy_auditor
using (true);

grant select on core.sanction_appeals to authenticated;
grant select on core.sanction_appeals to service_role, empathy_auditor;
