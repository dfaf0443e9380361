-- the same search, everything open to everybody

select count(*) as answer from (select from bench.search_works('river', 5000) limit 20) page
