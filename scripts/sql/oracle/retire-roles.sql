-- Roles ($1) that are granted no more.

update core.roles r set retired_at = now() where r.id = any ($1::uuid[])
