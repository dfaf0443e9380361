-- What only a note has is read by whoever may read what the work says.

alter table content.notes enable row level security;

create policy read_reader on content.notes
for select to authenticated
using (
    exists (select from content.legible_works w where w.tenant_id = notes.tenant_id and w.id = notes.id)
);

create policy read_public on content.notes
for select to anon
using (
    exists (select from content.works w where w.tenant_id = notes.tenant_id and w.id = notes.id)
);

create policy read_backend on content.notes
for select to service_role, empathy_auditor
using (true);

grant select on content.notes to anon, authenticated, service_role, empathy_auditor;
