-- the same joined by hand, bans and single permissions left out

select count(distinct m.scope_id)::integer as answer
from core.memberships m
join core.membership_roles mr on mr.tenant_id = m.tenant_id and mr.membership_id = m.id and mr.revoked_at is null
join core.role_permissions rp
    on rp.tenant_id = mr.tenant_id and rp.role_id = mr.role_id and rp.permission = 'member.read'
where m.person_id = :me and m.status = 'active' and m.valid_during @> now()
