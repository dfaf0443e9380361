-- the dashboard of a teller with 1,000 stories
-- viewers: teller

select story_id, reaction_count, comment_count, view_count, cardinality(consents_in_force) as purposes
from stories.storyteller_dashboard
order by story_id
