-- Which works were handed out to a run is for those who manage agreements there, and for those who decide about them.

alter table consent.run_works enable row level security;

create policy read_manager on consent.run_works
for select to authenticated
using (
    exists (
        select
        from consent.runs r
        where r.tenant_id = run_works.tenant_id
            and r.id = run_works.run_id
            and r.scope_id in (select core.scopes_with('agreement.manage'))
    )
);

create policy read_party on consent.run_works
for select to authenticated
using (
    work_id in (select consent.mine_to_decide())
);

create policy read_backend on consent.run_works
for select to service_role, empathy_auditor
using (true);

grant select on consent.run_works to authenticated, service_role, empathy_auditor;
