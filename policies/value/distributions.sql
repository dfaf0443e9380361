-- How something is shared is for those who belong to the community, since they decide about it; for those who get a
-- share; and for those who know what came in.

alter table value.distributions enable row level security;

create policy read_member on value.distributions
for select to authenticated
using (
    scope_id = any ((select core.reach(2))::uuid[])
);

create policy read_recipient on value.distributions
for select to authenticated
using (
    id in (select value.shared_with_me())
);

create policy read_event on value.distributions
for select to authenticated
using (
    exists (
        select
        from value.value_events e
        where e.tenant_id = distributions.tenant_id and e.id = distributions.event_id
    )
);

create policy read_backend on value.distributions
for select to service_role, empathy_auditor
using (true);

grant select on value.distributions to authenticated, service_role, empathy_auditor;
