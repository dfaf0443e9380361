-- What the store has to let go of, so many at a time ($1).

select id, storage_key from content.files_to_remove($1)
