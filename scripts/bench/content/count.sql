-- counting everything that I may read, among a million works
-- viewers: reader

select count(*) as answer from content.works
