-- a function asked about every row

select count(*) as answer from content.works w where bench.may_read(w, :me)
