-- That these people ($1) have died is recorded, of those who are not forgotten.

select core.record_death(p.id, current_date)
from core.people p
where p.id = any ($1::uuid[]) and p.erased_at is null
order by p.id
