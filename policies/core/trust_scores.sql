-- My trust score, with its explanation, is mine to see.

alter table core.trust_scores enable row level security;

create policy read_self on core.trust_scores
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_backend on core.trust_scores
for select to service_role, empathy_auditor
using (true);

grant select on core.trust_scores to authenticated;
grant select on core.trust_scores to service_role, empathy_auditor;
