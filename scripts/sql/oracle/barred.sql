-- The scopes that whoever asks is kept from, for each of the capabilities ($1).

select capability || '|' || scope_id as answer
from unnest($1::text[]) as capability
cross join core.barred(capability) as scope_id
