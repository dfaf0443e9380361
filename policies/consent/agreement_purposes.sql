-- It is read with its agreement.

alter table consent.agreement_purposes enable row level security;

create policy read_reader on consent.agreement_purposes
for select to authenticated
using (
    exists (
        select
        from consent.agreements a
        where a.tenant_id = agreement_purposes.tenant_id and a.id = agreement_purposes.agreement_id
    )
);

create policy read_backend on consent.agreement_purposes
for select to service_role, empathy_auditor
using (true);

grant select on consent.agreement_purposes to authenticated, service_role, empathy_auditor;
