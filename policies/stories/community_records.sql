-- That two stories belong together is seen by whoever may know of both.

alter table stories.community_records enable row level security;

create policy read_both on stories.community_records
for select to anon, authenticated
using (
    exists (
        select from content.works w where w.tenant_id = community_records.tenant_id and w.id = community_records.id
    )
    and exists (
        select
        from content.works w
        where w.tenant_id = community_records.tenant_id and w.id = community_records.original_id
    )
);

create policy read_backend on stories.community_records
for select to service_role, empathy_auditor
using (true);

grant select on stories.community_records to anon, authenticated, service_role, empathy_auditor;
