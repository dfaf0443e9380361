-- The newest comments on a work that somebody may read.
select c.id
from content.comments c
where c.tenant_id = $1
    and c.work_id = $2
order by c.id desc
limit 200;
