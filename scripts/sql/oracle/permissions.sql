-- The permissions there are, always in the same order.

select key, levels, inherits from core.permissions order by key
