-- The store has let go of these files ($1).

select content.confirm_removed($1)
