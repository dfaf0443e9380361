-- An entry is for whoever may read its account.

alter table value.entries enable row level security;

create policy read_account on value.entries
for select to authenticated
using (
    exists (
        select
        from value.accounts a
        where a.tenant_id = entries.tenant_id and a.id = entries.account_id
    )
);

create policy read_backend on value.entries
for select to service_role, empathy_auditor
using (true);

grant select on value.entries, value.balances to authenticated, service_role, empathy_auditor;
