-- Which labels a place uses is for whoever finds the place, and for whoever meets one of them on a work.

alter table consent.community_labels enable row level security;

create policy read_place on consent.community_labels
for select to anon, authenticated
using (
    exists (
        select
        from core.scopes s
        where s.tenant_id = community_labels.tenant_id and s.id = community_labels.scope_id
    )
);

create policy read_reader on consent.community_labels
for select to anon, authenticated
using (
    exists (
        select
        from consent.work_labels l
        where l.tenant_id = community_labels.tenant_id
            and l.scope_id = community_labels.scope_id
            and l.label = community_labels.label
    )
);

create policy read_backend on consent.community_labels
for select to service_role, empathy_auditor
using (true);

-- Who took it up, and what was decided, is not for everybody.
grant select (tenant_id, scope_id, level, label, kind, ratified, binding, adopted_at, ratified_at)
on consent.community_labels to anon;
grant select on consent.community_labels to authenticated, service_role, empathy_auditor;
