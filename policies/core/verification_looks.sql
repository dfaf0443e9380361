-- Whoever may see a verification may see who looked at its evidence, when and why.

alter table core.verification_looks enable row level security;

create policy read_subject on core.verification_looks
for select to authenticated
using (
    exists (select from core.verifications v where v.id = verification_looks.verification_id)
);

create policy read_backend on core.verification_looks
for select to service_role, empathy_auditor
using (true);

grant select on core.verification_looks to authenticated;
grant select on core.verification_looks to service_role, empathy_auditor;
