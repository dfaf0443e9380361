-- Which stories warn of somebody on record as having died.

select c.work_id::text as answer
from stories.content_warnings c
where (c.kind, c.source) = ('deceased', 'record')
