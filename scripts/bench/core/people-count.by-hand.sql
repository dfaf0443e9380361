-- filtered by hand, without a policy

select count(*) as answer
from core.people
where id in (
    select m.person_id
    from core.memberships m
    where m.scope_id = any (:scopes::uuid[]) and m.status = 'active' and m.valid_during @> now()
)
