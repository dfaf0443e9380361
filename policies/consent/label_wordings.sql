-- What a label says is for whoever meets it.

alter table consent.label_wordings enable row level security;

create policy read_reader on consent.label_wordings
for select to anon, authenticated
using (
    exists (
        select
        from consent.community_labels l
        where l.tenant_id = label_wordings.tenant_id
            and l.scope_id = label_wordings.scope_id
            and l.label = label_wordings.label
    )
);

create policy read_backend on consent.label_wordings
for select to service_role, empathy_auditor
using (true);

-- Who approved it is not for everybody.
grant select (tenant_id, scope_id, label, kind, lang, version, previous, name, body, approved_at)
on consent.label_wordings to anon;
grant select on consent.label_wordings to authenticated, service_role, empathy_auditor;
