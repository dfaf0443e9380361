-- the newest 20 of the dashboard of a teller with 1,000 stories
-- viewers: teller

select story_id, reaction_count, comment_count, view_count
from stories.storyteller_dashboard
order by created_at desc
limit 20
