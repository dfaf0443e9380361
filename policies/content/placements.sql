-- That there is something to see is known to whoever reads a version that shows it; to those who make the work, also
-- before there is one.

alter table content.placements enable row level security;

create policy read_version on content.placements
for select to anon, authenticated
using (
    exists (
        select
        from content.work_versions v
        where v.tenant_id = placements.tenant_id
            and v.work_id = placements.work_id
            and v.number between placements.first_version and coalesce(placements.last_version, v.number)
    )
);

create policy read_involved on content.placements
for select to authenticated
using (
    work_id in (select content.involving_me())
    and exists (
        select
        from content.legible_works w
        where w.tenant_id = placements.tenant_id and w.id = placements.work_id
    )
);

create policy read_backend on content.placements
for select to service_role, empathy_auditor
using (true);

grant select on content.placements to anon, authenticated, service_role, empathy_auditor;
