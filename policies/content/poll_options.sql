-- The options go with their poll.

alter table content.poll_options enable row level security;

create policy read_member on content.poll_options
for select to authenticated
using (
    exists (select from content.polls p where p.tenant_id = poll_options.tenant_id and p.id = poll_options.poll_id)
);

create policy read_backend on content.poll_options
for select to service_role, empathy_auditor
using (true);

grant select on content.poll_options to authenticated, service_role, empathy_auditor;
