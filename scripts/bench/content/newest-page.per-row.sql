-- a function asked about every row

select id, title from content.works w where bench.may_read(w, :me) order by created_at desc limit 20
