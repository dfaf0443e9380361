-- a function asked about every row

select id, title
from content.works w
where scope_id = (:scopes::uuid[])[1] and bench.may_read(w, :me)
order by created_at desc
limit 20
