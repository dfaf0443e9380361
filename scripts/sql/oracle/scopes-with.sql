-- The scopes in which whoever asks has each of the permissions ($1).

select permission || '|' || scope_id as answer
from unnest($1::text[]) as permission
cross join core.scopes_with(permission) as scope_id
