-- Members of places ($1: memberships) hold a role ($2), and did before it was retired, unless they do already.

insert into core.membership_roles (tenant_id, membership_id, role_id, owns, granted_at)
select m.tenant_id, m.id, r.id, false, m.created_at - interval '1 day'
from core.memberships m
join core.roles r on r.tenant_id = m.tenant_id and r.key = $2 and 2 = any (r.levels)
where m.id = any ($1::uuid[])
    and not exists (
        select
        from core.membership_roles held
        where held.tenant_id = m.tenant_id
            and held.membership_id = m.id
            and held.role_id = r.id
            and held.revoked_at is null
    )
