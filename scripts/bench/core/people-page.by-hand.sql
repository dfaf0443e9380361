-- filtered by hand, without a policy

select id, display_name
from core.people
where id in (
    select m.person_id
    from core.memberships m
    where m.scope_id = any (:scopes::uuid[]) and m.status = 'active' and m.valid_during @> now()
)
order by created_at desc
limit 20
