-- A work is read by those it involves, its owner first; by those with whom it is shared at this moment, and by its
-- reviewers while it waits for them, as far as they pass the protocols that it stands under. Nobody else learns that it
-- is there. Of what is restricted this shows the teaser; what it says is read through content.legible_works. A program
-- whose API key names a channel reads, of all that, nothing that was decided otherwise for its channel.

alter table content.works enable row level security;

create policy read_involved on content.works
for select to authenticated
using (
    id in (select content.involving_me())
);

create policy read_shared on content.works
for select to authenticated
using (
    (
        public_during @> now()
        or (organization_during @> now() and tenant_id = any ((select core.reach(0))::uuid[]))
        or (community_during @> now() and scope_id = any ((select core.reach(2))::uuid[]))
    )
    and (protocol_set_id is null or protocol_set_id in (select consent.passed_sets()))
    and scope_id not in (select core.barred())
);

create policy read_reviewer on content.works
for select to authenticated
using (
    state in ('submitted', 'in_review')
    and scope_id = any ((select core.granted('work.review', 2))::uuid[])
    and (protocol_set_id is null or protocol_set_id in (select consent.passed_sets()))
);

create policy read_by_channel on content.works
as restrictive
for select to authenticated
using (
    id not in (select consent.kept_from_channel())
);

create policy read_public on content.works
for select to anon
using (
    public_during @> now() and protocol_set_id is null
);

create policy read_backend on content.works
for select to service_role, empathy_auditor
using (true);

-- Whose it is is not for everybody: how somebody wants to be named is said elsewhere.
grant select (
    tenant_id, id, kind, scope_id, level, project_id, title, summary, lang, visibility, state, moves, current_version,
    public_version, public_during, organization_version, organization_during, community_version, community_during,
    compiled_at, revision, created_at, updated_at
) on content.works to anon;
grant select on content.works to authenticated, service_role, empathy_auditor;
grant select on content.legible_works to authenticated;
