-- For servers and auditors.

alter table audit.erasure_orders enable row level security;

create policy read_backend on audit.erasure_orders
for select to service_role, empathy_auditor
using (true);

grant select on audit.erasure_orders to service_role, empathy_auditor;
