-- filtered by hand, without a policy

select count(*) as answer
from content.works
where (
    id in (select h.work_id from bench.helped h)
    or (
        (
            public_during @> now()
            or (organization_during @> now() and tenant_id in (select j.tenant_id from bench.joined j))
            or (community_during @> now() and scope_id = any (:scopes::uuid[]))
        )
        and (protocol_set_id is null or protocol_set_id in (select s.id from bench.sets s where s.passed))
    )
)
