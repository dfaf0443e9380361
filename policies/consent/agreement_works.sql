-- Which works an agreement names is for those who manage agreements there, and for those who decide about them.

alter table consent.agreement_works enable row level security;

create policy read_manager on consent.agreement_works
for select to authenticated
using (
    exists (
        select
        from consent.agreements a
        where a.tenant_id = agreement_works.tenant_id
            and a.id = agreement_works.agreement_id
            and a.scope_id in (select core.scopes_with('agreement.manage'))
    )
);

create policy read_party on consent.agreement_works
for select to authenticated
using (
    work_id in (select consent.mine_to_decide())
);

create policy read_backend on consent.agreement_works
for select to service_role, empathy_auditor
using (true);

grant select on consent.agreement_works to authenticated, service_role, empathy_auditor;
