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
comment on column consent.stewards.tenant_id is 'The organization.';
comment on column consent.stewards.scope_id is 'The community.';
comment on column consent.stewards.membership_id is 'The membership.';
comment on column consent.stewards.person_id is 'Who.';
comment on column consent.stewards.approve_stories is 'Whether they review works.';
comment on column consent.stewards.modify_protocols is 'Whether they set protocols.';
comment on column consent.stewards.manage_access is 'Whether they say whom protocols name.';
comment on column consent.stewards.export_data is 'Whether they export what the community has.';
