-- How a poll stands, for those who may see it; refused to others.
select jsonb_agg(r order by r.number) as results
from content.poll_results($1) r;
