-- What came of a work in a run is for those who manage agreements there, and for those who decide about it.

alter table consent.results enable row level security;

create policy read_manager on consent.results
for select to authenticated
using (
    exists (
        select
        from consent.runs r
        where r.tenant_id = results.tenant_id
            and r.id = results.run_id
            and r.scope_id in (select core.scopes_with('agreement.manage'))
    )
);

create policy read_party on consent.results
for select to authenticated
using (
    work_id in (select consent.mine_to_decide())
);

create policy read_backend on consent.results
for select to service_role, empathy_auditor
using (true);

grant select on consent.results to authenticated, service_role, empathy_auditor;
