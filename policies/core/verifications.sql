-- A verification is seen by the person, or by those who manage the organization, that it is about, and by the
-- platform's compliance. Its evidence is for compliance alone, through core.look_at_evidence().

alter table core.verifications enable row level security;

create policy read_subject on core.verifications
for select to authenticated
using (
    person_id in (select core.my_people())
    or organization_id = any ((select core.granted('scope.manage', 2))::uuid[])
);

create policy read_compliance on core.verifications
for select to authenticated
using (
    (select core.platform_can('verification.read'))
);

create policy read_backend on core.verifications
for select to service_role, empathy_auditor
using (true);

-- Where the evidence lies is not granted, so that no look goes unrecorded.
grant select (
    id, kind, person_id, organization_id, document_type, status, verifier, decided_at, valid_during,
    reason, created_at, updated_at
) on core.verifications to authenticated;
grant select (
    id, kind, person_id, organization_id, document_type, status, verifier, decided_by, decided_at,
    valid_during, reason, created_at, updated_at
) on core.verifications to service_role, empathy_auditor;
