-- The works that I may know of, with the version that I read: the newest there is for those whom a work involves and
-- for its reviewers, for others the newest of those that are shared with them. Of what is restricted it is the version
-- that I read once I opened it.
--
-- What the policies of content.works and content.work_versions say, for functions that are above policies and have to
-- ask; the oracle holds them to each other. Nobody else may read it.

create view content.known_works
with (security_invoker = true)
as
select w.*, r.version as read_version
from content.works w
cross join lateral (
    select case
        when w.id in (select consent.asking_me()) then w.current_version
        when w.protocol_set_id is null or w.protocol_set_id in (select consent.passed_sets()) then
            case
                when w.id in (select c.work_id from content._concerning_me() c) then w.current_version
                when w.state in ('submitted', 'in_review')
                    and w.scope_id = any ((select core.granted('work.review', 2))::uuid[])
                    then w.current_version
                when w.scope_id not in (select core.barred()) then greatest(
                    case when w.public_during @> now() then w.public_version end,
                    case
                        when w.organization_during @> now() and w.tenant_id = any ((select core.reach(0))::uuid[])
                            then w.organization_version
                    end,
                    case
                        when w.community_during @> now() and w.scope_id = any ((select core.reach(2))::uuid[])
                            then w.community_version
                    end
                )
            end
    end
    offset 0 -- asked once a work
) r (version)
where r.version is not null
    and w.id not in (select consent.kept_from_channel());

comment on view content.known_works is 'The works that I may know of, with the version that I read.';
