-- the best 20 works with a rare word, one that some 200 works have, among a million
-- viewers: reader

select count(*) as answer from (select from content.search_works('kingfisher') limit 20) page
