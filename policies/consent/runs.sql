-- What works are used for is for those who manage agreements there, and for those who decide about these.

alter table consent.runs enable row level security;

create policy read_manager on consent.runs
for select to authenticated
using (
    scope_id in (select core.scopes_with('agreement.manage'))
);

create policy read_party on consent.runs
for select to authenticated
using (
    id in (select consent.using_mine())
);

create policy read_backend on consent.runs
for select to service_role, empathy_auditor
using (true);

grant select on consent.runs to authenticated, service_role, empathy_auditor;
