-- Who has to consent to a work is for those whom it involves.

alter table consent.consent_parties enable row level security;

create policy read_involved on consent.consent_parties
for select to authenticated
using (
    work_id in (select content.involving_me())
);

create policy read_backend on consent.consent_parties
for select to service_role, empathy_auditor
using (true);

grant select on consent.consent_parties to authenticated, service_role, empathy_auditor;
