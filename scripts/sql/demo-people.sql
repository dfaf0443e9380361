-- The people of the demo world who can sign in.
select i.subject as name, p.id, p.display_name, p.bio
from core.identities i
join core.people p on p.id = i.person_id
where i.issuer = $1 and p.erased_at is null
order by p.created_at, p.id;
