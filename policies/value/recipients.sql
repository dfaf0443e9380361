-- Who gets which share is for whoever may know of the distribution: it is decided in the open.

alter table value.recipients enable row level security;

create policy read_distribution on value.recipients
for select to authenticated
using (
    exists (
        select
        from value.distributions d
        where d.tenant_id = recipients.tenant_id and d.id = recipients.distribution_id
    )
);

create policy read_backend on value.recipients
for select to service_role, empathy_auditor
using (true);

grant select on value.recipients to authenticated, service_role, empathy_auditor;
