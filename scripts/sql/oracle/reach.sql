-- Where whoever asks belongs, at each level.

select level || '|' || id as answer
from generate_series(0, 2) as level
cross join unnest(core.reach(level)) as id
