-- Whoever makes a work reads all its versions, and so do those who have to consent to it. Readers get the one that
-- everyone consented to sharing with them, reviewers the newest. Whether they read the work at all, its own policies
-- say, and whether it is open to them, content.legible_works: only through both is a version seen.

alter table content.work_versions enable row level security;

create policy read_involved on content.work_versions
for select to authenticated
using (
    work_id in (select content.involving_me())
    and exists (
        select
        from content.legible_works w
        where w.tenant_id = work_versions.tenant_id and w.id = work_versions.work_id
    )
);

create policy read_shared on content.work_versions
for select to authenticated
using (
    exists (
        select
        from content.legible_works w
        where w.tenant_id = work_versions.tenant_id
            and w.id = work_versions.work_id
            and (
                (w.public_version = work_versions.number and w.public_during @> now())
                or (
                    w.organization_version = work_versions.number
                    and w.organization_during @> now()
                    and w.tenant_id = any ((select core.reach(0))::uuid[])
                )
                or (
                    w.community_version = work_versions.number
                    and w.community_during @> now()
                    and w.scope_id = any ((select core.reach(2))::uuid[])
                )
                or (
                    w.current_version = work_versions.number
                    and w.state in ('submitted', 'in_review')
                )
            )
    )
);

create policy read_public on content.work_versions
for select to anon
using (
    exists (
        select
        from content.works w
        where w.tenant_id = work_versions.tenant_id
            and w.id = work_versions.work_id
            and w.public_version = work_versions.number
    )
);

create policy read_backend on content.work_versions
for select to service_role, empathy_auditor
using (true);

-- Whose it is is not for everybody: how somebody wants to be named is said elsewhere.
grant select (
    tenant_id, work_id, number, previous, material_version, minor_after, body, plain_text, change_note, based_on,
    created_at
) on content.work_versions to anon;
grant select on content.work_versions to authenticated, service_role, empathy_auditor;
