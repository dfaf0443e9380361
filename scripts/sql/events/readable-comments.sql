-- Which of these comments on a work somebody may read.
select c.id
from content.comments c
where c.tenant_id = $1
    and c.id = any ($2::uuid[])
    and c.work_id = $3;
