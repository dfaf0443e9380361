-- Who opened what of whoever asks, how often, with or without having acknowledged something before.

select concat_ws('|', r.work_id, r.person_id, (cardinality(r.acknowledged) > 0)::text, count(*)) as answer
from stories.readings_of_mine() r
group by r.work_id, r.person_id, cardinality(r.acknowledged) > 0
