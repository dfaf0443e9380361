-- from the same counters, without a policy

select
    w.id as story_id,
    coalesce(sum(s.reactions), 0)::bigint as reaction_count,
    coalesce(sum(s.comments), 0)::bigint as comment_count,
    coalesce(sum(s.views), 0)::bigint as view_count,
    (
        select count(*)::integer
        from consent.effective e
        where e.tenant_id = w.tenant_id and e.work_id = w.id and e.channel = '' and e.during @> now()
    ) as purposes
from content.works w
left join content.work_count_steps s on s.tenant_id = w.tenant_id and s.work_id = w.id
where w.kind = 'story' and w.owner_id = :me
group by w.tenant_id, w.id
order by w.id
