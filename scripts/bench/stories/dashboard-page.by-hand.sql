-- from the same counters, without a policy

select
    w.id as story_id,
    coalesce(c.reactions, 0)::bigint as reaction_count,
    coalesce(c.comments, 0)::bigint as comment_count,
    coalesce(c.views, 0)::bigint as view_count
from content.works w
cross join lateral (
    select sum(s.reactions) as reactions, sum(s.comments) as comments, sum(s.views) as views
    from content.work_count_steps s
    where s.tenant_id = w.tenant_id and s.work_id = w.id
) c
where w.kind = 'story' and w.owner_id = :me
order by w.created_at desc
limit 20
