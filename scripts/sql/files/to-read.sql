-- Whether whoever asks may read this file ($1) now: past what shows it.

select f.id
from content.files f
join content.media m on m.tenant_id = f.tenant_id and m.file_id = f.id
where f.id = $1 and f.state = 'arrived'
