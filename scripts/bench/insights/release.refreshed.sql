-- a materialized view over the tables of works, refreshed

select bench.refresh('') as items
