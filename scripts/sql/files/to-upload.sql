-- Whether whoever asks may send the bytes of this file ($1) now.

select f.id
from content.files f
where f.id = $1
    and f.uploaded_by in (select core.my_people())
    and f.state = 'expected'
    and f.dropped_at is null
