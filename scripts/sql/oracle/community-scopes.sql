-- The communities there are, always in the same order: those of a random world have names of their own.

select tenant_id, id from core.scopes where kind = 'community' order by slug
