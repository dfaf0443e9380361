-- Who tells which story.

select s.story_id || '|' || s.person_id as answer from stories.storytellers s
