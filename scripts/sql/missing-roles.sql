-- Which of these roles the present user may not become, in a database that is migrated or not.
select
    current_user as "user",
    exists (select from pg_namespace n where n.nspname = 'core') as migrated,
    coalesce(array_agg(needed.role) filter (where not pg_has_role(needed.role, 'member')), '{}') as missing
from unnest($1::text[]) as needed (role);
