-- Who gives the word of an elder in a community.

create view stories.elders
with (security_invoker = true)
as
select m.tenant_id, m.scope_id, m.id as membership_id, m.person_id
from core.memberships m
join core.membership_roles mr
    on mr.tenant_id = m.tenant_id and mr.membership_id = m.id and mr.revoked_at is null
join core.roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id and r.key = 'elder'
where m.level = 2 and m.status = 'active' and m.valid_during @> now();

comment on view stories.elders is 'Who gives the word of an elder in a community.';
comment on column stories.elders.tenant_id is 'The organization.';
comment on column stories.elders.scope_id is 'The community.';
comment on column stories.elders.membership_id is 'The membership.';
comment on column stories.elders.person_id is 'Who.';
