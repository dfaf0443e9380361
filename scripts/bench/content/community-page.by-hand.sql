-- filtered by hand, without a policy

select id, title
from content.works
where scope_id = (:scopes::uuid[])[1]
    and (
        id in (select h.work_id from bench.helped h)
        or (
            (public_during @> now() or organization_during @> now() or community_during @> now())
            and (protocol_set_id is null or protocol_set_id in (select s.id from bench.sets s where s.passed))
        )
    )
order by created_at desc
limit 20
