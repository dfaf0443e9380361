-- Those of the people ($1) that whoever asks acts for. The two ways of asking have to agree, or neither answers.

select p::text as answer
from unnest($1::uuid[]) as p
where p in (select core.my_people()) and core.acts_for(p)
union all
select 'not both: ' || p
from unnest($1::uuid[]) as p
where (p in (select core.my_people())) <> core.acts_for(p)
