-- Which of the permissions ($1) whoever asks has at the scopes that stand beside them ($2).

select permission || '|' || scope_id as answer
from unnest($1::text[], $2::uuid[]) as asked (permission, scope_id)
where core.can(permission, scope_id)
