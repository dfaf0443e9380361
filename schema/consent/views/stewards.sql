-- Who looks after a community's protocols, and what they may do in its name.

create view consent.stewards
with (security_invoker = true)
as
select
    m.tenant_id,
    m.scope_id,
    m.id as membership_id,
    m.person_id,
    bool_or(p.permission = 'work.review') as approve_stories,
    bool_or(p.permission = 'protocol.modify') as modify_protocols,
    bool_or(p.permission = 'protocol.admit') as manage_access,
    bool_or(p.permission = 'export.run') as export_data
from core.memberships m
join core.membership_roles r
    on r.tenant_id = m.tenant_id and r.membership_id = m.id and r.revoked_at is null
join core.role_permissions p on p.tenant_id = r.tenant_id and p.role_id = r.role_id
where m.level = 2 and m.status = 'active' and m.valid_during @> now()
group by m.tenant_id, m.scope_id, m.id, m.person_id
having bool_or(p.permission in ('protocol.modify', 'protocol.admit'));

comment on view consent.stewards is 'Who looks after a community''s protocols, and what they may do in its name.';
