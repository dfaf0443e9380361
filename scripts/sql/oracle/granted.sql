-- Which of the permissions ($1) count at which of the scopes ($2, with their organizations $3 and projects $4), by the
-- three comparisons that policies make.

with grants as materialized (
    select
        permission,
        core.granted(permission, 0) as g0,
        core.granted(permission, 1) as g1,
        core.granted(permission, 2) as g2
    from unnest($1::text[]) as permission
)
select permission || '|' || s.id as answer
from grants
join unnest($2::uuid[], $3::uuid[], $4::uuid[]) as s (id, tenant_id, project_id)
    on s.tenant_id = any (g0) or s.project_id = any (g1) or s.id = any (g2)
