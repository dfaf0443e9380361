-- Legal holds are seen by those who manage them there.

alter table ops.legal_holds enable row level security;

create policy read_manager on ops.legal_holds
for select to authenticated
using (
    scope_id in (select core.scopes_with('hold.manage'))
);

create policy read_backend on ops.legal_holds
for select to service_role, empathy_auditor
using (true);

grant select on ops.legal_holds to authenticated;
grant select on ops.legal_holds to service_role, empathy_auditor;
