-- Whom a work is by is for whoever may read it; who stands behind a name, not for everybody.

alter table content.attributions enable row level security;

create policy read_reader on content.attributions
for select to anon, authenticated
using (
    exists (select from content.works w where w.tenant_id = attributions.tenant_id and w.id = attributions.work_id)
);

create policy read_backend on content.attributions
for select to service_role, empathy_auditor
using (true);

grant select (tenant_id, id, work_id, position, credit, named_as, added_at) on content.attributions to anon;
grant select on content.attributions to authenticated, service_role, empathy_auditor;
