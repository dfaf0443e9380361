-- Root scopes come with their organizations; how visible they are ($1: a list of {id, visibility}) is said here.

update core.scopes s
set description = 'Somewhere.', visibility = w.visibility
from jsonb_to_recordset($1) as w (id uuid, visibility core.scope_visibility)
where s.id = w.id and s.level = 0
