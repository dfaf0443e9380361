-- Which works whoever asks finds by each of the words ($1), and in which version.

select word || '|' || f.work_id || '|' || f.version as answer
from unnest($1::text[]) as word
cross join content.search_works(word) f
