-- the best 20 works with a common word, one that a tenth of all works have, among a million
-- viewers: reader

select count(*) as answer from (select from content.search_works('river') limit 20) page
