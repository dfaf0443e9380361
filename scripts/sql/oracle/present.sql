-- People who are neither forgotten nor somebody else under another row.

select p.id from core.people p where p.erased_at is null and p.merged_into is null order by p.display_name
