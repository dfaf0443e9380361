-- A file ($1) as the store knows it, unless it was dropped.

select f.storage_key, f.sha256, f.bytes::float8 as bytes, f.mime, f.state
from content.files f
where f.id = $1 and f.dropped_at is null and f.state <> 'gone'
