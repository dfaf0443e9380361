-- Everybody who is signed in may know the kinds of scope: a catalog, written by migrations.

alter table core.scope_kinds enable row level security;

create policy read_anyone on core.scope_kinds
for select to authenticated
using (
    true
);

create policy read_backend on core.scope_kinds
for select to service_role, empathy_auditor
using (true);

grant select on core.scope_kinds to authenticated;
grant select on core.scope_kinds to service_role, empathy_auditor;
