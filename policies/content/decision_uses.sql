-- Whether a decision was used up is for whoever reads it.

alter table content.decision_uses enable row level security;

create policy read_member on content.decision_uses
for select to authenticated
using (
    exists (
        select
        from content.decisions d
        where d.tenant_id = decision_uses.tenant_id and d.id = decision_uses.decision_id
    )
);

create policy read_backend on content.decision_uses
for select to service_role, empathy_auditor
using (true);

grant select on content.decision_uses to authenticated, service_role, empathy_auditor;
