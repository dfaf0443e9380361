-- Which of these works somebody may read, in a place: a community, a project with all its communities, an organization.
select w.id
from content.works w
where w.tenant_id = $1
    and w.id = any ($2::uuid[])
    and $3::uuid in (w.scope_id, w.project_id, w.tenant_id);
