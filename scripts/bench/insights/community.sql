-- what was told in a community, in twelve months

select i.month, i.kind, i.unique_storytellers, i.total_stories, i.avg_engagement
from insights.community_insights((select v.scopes[1] from bench.viewers v)) i
