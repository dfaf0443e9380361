-- With which organizations something of whoever asks is kept, and how much.

select concat_ws('|', l.organization_id, l.works, l.restricted_works, l.works_of_others, l.memberships) as answer
from stories.data_locations() l
