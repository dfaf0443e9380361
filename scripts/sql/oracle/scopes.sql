-- The scopes there are, always in the same order: those of a random world have names of their own.

select tenant_id, id, level, project_id from core.scopes order by slug
