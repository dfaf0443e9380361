-- the newest 20 works of one of 50 communities, among a million
-- viewers: reader

select id, title from content.works where scope_id = (:scopes::uuid[])[1] order by created_at desc limit 20
