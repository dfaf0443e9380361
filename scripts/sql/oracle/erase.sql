-- A person ($1) is forgotten.

select core.erase_person($1)
