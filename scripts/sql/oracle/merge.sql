-- A person ($1) turns out to be another ($2).

select core.merge_people($1, $2)
