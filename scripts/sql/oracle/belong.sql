-- People ($2) belong to a place ($1) with no role at all, but for those who have something to do with it already;
-- answers the memberships.

insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, joined_at)
select s.tenant_id, s.id, s.level, s.project_id, p.id, 'active', now()
from core.scopes s
cross join unnest($2::uuid[]) p (id)
where s.id = $1
on conflict (tenant_id, scope_id, person_id) where ended_at is null do nothing
returning id
