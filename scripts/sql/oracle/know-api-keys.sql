-- The API keys of a world become known, which they are to nobody: each is called after its id. They are used often.

update core.api_keys k
set key_hash = sha256(convert_to('el_' || k.id, 'UTF8')), requests_per_minute = 1000000
