-- Nobody reads these: words of works that are hidden from them stand here. content.search_works() finds by them.
-- no policy: row level security without one shows no row to anybody but the owner.

alter table content.search_entries enable row level security;
