-- what was told on the platform, in twelve months

select i.month, i.kind, i.unique_storytellers, i.total_stories, i.avg_engagement
from insights.platform_insights() i
