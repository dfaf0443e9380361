-- the newest 20 of everything that I may read, among a million works
-- viewers: reader

select id, title from content.works order by created_at desc limit 20
