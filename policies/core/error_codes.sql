-- Everybody may know what a refusal means: a catalog, written by migrations.

alter table core.error_codes enable row level security;

create policy read_anyone on core.error_codes
for select to anon, authenticated
using (
    true
);

create policy read_backend on core.error_codes
for select to service_role, empathy_auditor
using (true);

grant select on core.error_codes to anon, authenticated;
grant select on core.error_codes to service_role, empathy_auditor;
