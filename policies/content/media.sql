-- What there is to see is read by whoever knows of its place; what stands under protocols of its own, only by those
-- among them whose consent the work asks for, and by those who pass and have opened it.

alter table content.media enable row level security;

create policy read_placed on content.media
for select to authenticated
using (
    exists (select from content.placements p where p.tenant_id = media.tenant_id and p.id = media.id)
    and (
        protocol_set_id is null
        or work_id in (select consent.asking_me())
        or (protocol_set_id in (select consent.passed_sets()) and id in (select consent.opened_media()))
    )
);

create policy read_public on content.media
for select to anon
using (
    protocol_set_id is null
    and exists (select from content.placements p where p.tenant_id = media.tenant_id and p.id = media.id)
);

create policy read_backend on content.media
for select to service_role, empathy_auditor
using (true);

-- Whose it is is not for everybody: how somebody wants to be named is said elsewhere.
grant select (
    tenant_id, id, work_id, file_id, alt_text, caption, duration_ms, sensitivity, protocol_set_id, added_at
) on content.media to anon;
grant select on content.media to authenticated, service_role, empathy_auditor;
