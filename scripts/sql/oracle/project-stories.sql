-- The stories of a project ($1), once whoever asks has switched to it.

select p.story_id::text as answer
from core.switch_project($1) s (project_id)
-- After that: what it is asked for is asked first.
cross join lateral (select * from stories.project_stories p where p.project_id = s.project_id offset 0) p
