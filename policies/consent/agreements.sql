-- With whom an agreement was made, for what and until when, is for those who manage agreements there, and for those
-- who decide about the works it was used for.

alter table consent.agreements enable row level security;

create policy read_manager on consent.agreements
for select to authenticated
using (
    scope_id in (select core.scopes_with('agreement.manage'))
);

create policy read_party on consent.agreements
for select to authenticated
using (
    id in (select r.agreement_id from consent.runs r where r.id in (select consent.using_mine()))
);

create policy read_backend on consent.agreements
for select to service_role, empathy_auditor
using (true);

grant select on consent.agreements to authenticated, service_role, empathy_auditor;
