-- the first 20 of the scopes I can find among 2,100

select id, name from core.scopes order by id limit 20
