-- An organization ($1) releases its figures up to a month ($2).

select insights._release($1, $2)
