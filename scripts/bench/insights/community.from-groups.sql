-- the same, added up from what was ever released

select
    m.month::date as month, g.kind, 5 * round(sum(g.people) / 5.0)::bigint as unique_storytellers,
    5 * round(sum(g.items) / 5.0)::bigint as total_stories,
    round((3 * sum(g.comments) + sum(g.reactions))::numeric / sum(g.items), 1) as avg_engagement
from generate_series(
    date_trunc('month', now() at time zone 'UTC') - interval '12 months',
    date_trunc('month', now() at time zone 'UTC') - interval '1 month', interval '1 month'
) m (month)
left join insights.groups g
    on g.scope_id = (select v.scopes[1] from bench.viewers v)
    and g.month = m.month and g.board = 'told' and g.withheld_at is null and (g.ends_at is null or g.ends_at > now())
group by m.month, g.kind
order by m.month, g.kind
