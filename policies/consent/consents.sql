-- What somebody decided is for them, and for those they act for; what a community decided, for those who speak for it.
-- Others whom the work involves ask consent.explain().

alter table consent.consents enable row level security;

create policy read_party on consent.consents
for select to authenticated
using (
    exists (
        select
        from consent.consent_parties p
        where p.tenant_id = consents.tenant_id
            and p.id = consents.party_id
            and (
                p.person_id in (select core.my_people())
                or p.scope_id = any ((select core.granted('consent.give', 2))::uuid[])
            )
    )
);

create policy read_backend on consent.consents
for select to service_role, empathy_auditor
using (true);

grant select on consent.consents to authenticated, service_role, empathy_auditor;
