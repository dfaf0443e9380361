-- filtered by hand, without a policy

select p.id, p.display_name
from core.people p
where p.id = :friend
    and exists (
        select
        from core.memberships m
        where m.person_id = p.id
            and m.scope_id = any (:scopes::uuid[])
            and m.status = 'active'
            and m.valid_during @> now()
    )
