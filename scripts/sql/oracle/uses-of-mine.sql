-- What was used of whoever asks.

select
    concat_ws('|', u.work_id, u.run_id, u.version, (u.recalled_at is not null)::text, u.irrevocable::text) as answer
from stories.uses_of_mine() u
