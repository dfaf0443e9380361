-- The row of a file is read by whoever reads what shows it, and by whoever uploaded it: they announced what it says.
-- Its bytes the server gives to nobody but the first.

alter table content.files enable row level security;

create policy read_shown on content.files
for select to anon, authenticated
using (
    exists (select from content.media m where m.tenant_id = files.tenant_id and m.file_id = files.id)
);

create policy read_own on content.files
for select to authenticated
using (
    uploaded_by in (select core.my_people())
);

create policy read_backend on content.files
for select to service_role, empathy_auditor
using (true);

-- Whose it is is not for everybody.
grant select (tenant_id, id, sha256, mime, bytes, state)
on content.files to anon;
grant select on content.files to authenticated, service_role, empathy_auditor;
