-- everything open to everybody, and every match ranked

select count(*) as answer from (select from bench.search_works('river', null) limit 20) page
