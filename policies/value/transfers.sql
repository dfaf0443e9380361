-- A transfer is for whoever may read one of the accounts that it moves something to or from. Of the others they learn
-- nothing.

alter table value.transfers enable row level security;

create policy read_party on value.transfers
for select to authenticated
using (
    exists (
        select
        from value.entries e
        where e.tenant_id = transfers.tenant_id and e.transfer_id = transfers.id
    )
);

create policy read_backend on value.transfers
for select to service_role, empathy_auditor
using (true);

grant select on value.transfers to authenticated, service_role, empathy_auditor;
