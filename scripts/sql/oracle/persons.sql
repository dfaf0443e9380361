-- The people there are, always in the same order: those of a random world have names of their own.

select id from core.people order by display_name
