-- counted from the rows each time, as a view over reactions, comments and readings would

select
    w.id as story_id,
    (
        select count(*)
        from content.reactions r
        where r.tenant_id = w.tenant_id and r.work_id = w.id
    ) as reaction_count,
    (
        select count(*)
        from content.comments c
        where c.tenant_id = w.tenant_id and c.work_id = w.id and c.state = 'visible' and not c.aside
    ) as comment_count,
    (
        select coalesce(sum(d.views), 0)::bigint
        from content.reading_days d
        where d.tenant_id = w.tenant_id and d.work_id = w.id
    ) as view_count,
    (
        select count(*)::integer
        from consent.effective e
        where e.tenant_id = w.tenant_id and e.work_id = w.id and e.channel = '' and e.during @> now()
    ) as purposes
from content.works w
where w.kind = 'story' and w.owner_id = :me
order by w.id
