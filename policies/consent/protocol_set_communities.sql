-- It is read with its set.

alter table consent.protocol_set_communities enable row level security;

create policy read_reader on consent.protocol_set_communities
for select to authenticated
using (
    exists (
        select
        from consent.protocol_sets s
        where s.tenant_id = protocol_set_communities.tenant_id and s.id = protocol_set_communities.set_id
    )
);

create policy read_backend on consent.protocol_set_communities
for select to service_role, empathy_auditor
using (true);

grant select on consent.protocol_set_communities to authenticated, service_role, empathy_auditor;
